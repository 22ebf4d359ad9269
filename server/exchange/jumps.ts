// Where a session's price jumps, drawn from the seed and the day alone: over the hours that it was closed, and at news.
import { at, DAY_MS } from './globex-day';
import { seededRandom } from './random';

export interface Jump {
  readonly kind: 'gap' | 'news';
  readonly ts: number;
  /** Ticks of ES, signed. */
  readonly ticks: number;
}

/** A session as jumps see it, epoch ms. */
export interface Span {
  readonly open: number;
  readonly close: number;
  /** How long the market was closed before it. */
  readonly closedMs: number;
  /** Without news from one time to another. */
  readonly calm?: { readonly from: number; readonly to: number };
}

interface Appointment {
  readonly sinceOpenMs: number;
  /** How often there is anything in it. */
  readonly share: number;
  readonly least: number;
  readonly most: number;
}

const HOUR_MS = 3_600_000;
/** Ticks of a gap after an hour; it grows with the root of the time, as a walk does. */
const GAP = { least: 8, most: 24 };
/** What the whole market waits for: figures before the open, and the central bank. */
const CALENDAR: readonly Appointment[] = [
  { sinceOpenMs: at('07:30'), share: 0.8, least: 28, most: 72 },
  { sinceOpenMs: at('13:00'), share: 0.35, least: 36, most: 96 },
];
/** And what nobody expects: so many in a session at the least, and one more. */
const SURPRISES = 2;
const SURPRISE = { least: 24, most: 48 };

/** The jumps of one session, in time order; the gap, at its open, is the first. */
export function jumpsOf(seed: number, { open, close, closedMs, calm }: Span): Jump[] {
  const random = seededRandom(seed ^ Math.imul(Math.floor(open / DAY_MS), 0x9e3779b1));
  const sized = ({ least, most }: { least: number; most: number }): number =>
    (random.unit() < 0.5 ? -1 : 1) * (least + random.below(most - least + 1));
  const gap = Math.round(sized(GAP) * Math.sqrt(closedMs / HOUR_MS));
  const due = CALENDAR.filter(({ share }) => random.unit() < share);
  const news = [
    ...due.map((appointment) => ({ ts: open + appointment.sinceOpenMs, ticks: sized(appointment) })),
    ...Array.from({ length: SURPRISES + random.below(2) }, () => ({
      ts: open + random.below(close - open),
      ticks: sized(SURPRISE),
    })),
  ];
  return [
    { kind: 'gap', ts: open, ticks: gap },
    ...news
      .filter(({ ts }) => ts < close && !(calm !== undefined && ts >= calm.from && ts < calm.to))
      .sort((a, b) => a.ts - b.ts)
      .map((jump): Jump => ({ kind: 'news', ...jump })),
  ];
}
