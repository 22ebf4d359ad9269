/** A seed's plan. Each seed draws its own subset of what can go wrong and its own intensity: a storm of everything would hide the corners. */
import { type Random, seededRandom } from '../../exchange/random';
import type { RefusalToCome } from '../broker/refuse';
import type { Weather } from '../broker/weather';
import type { CrashPoint } from '../disk';
import type { Act, ActKind, Plan, Root, Setting, Verdict } from './plan';

/** Hours at which it may begin: mostly in the middle of a session, sometimes shortly before a close. */
const STARTS: readonly number[] = [
  Date.UTC(2025, 11, 12, 14, 45),
  Date.UTC(2025, 11, 3, 15, 30),
  Date.UTC(2026, 0, 7, 20, 0),
];
/** Shortly before it opens or closes. Friday's close is too long a wait to simulate to its end. */
const NEAR_EDGES: readonly number[] = [
  // the daily halt of a Wednesday, 16:00 to 17:00 US/Central
  Date.UTC(2025, 11, 3, 21, 59, 40),
  Date.UTC(2025, 11, 3, 22, 59, 50),
  // the early close of 24 December, 12:15
  Date.UTC(2025, 11, 24, 18, 14, 45),
  // Sunday's opening, 17:00, and Friday's close, 16:00
  Date.UTC(2025, 11, 7, 22, 59, 52),
  Date.UTC(2025, 11, 5, 21, 59, 40),
];

class Draw {
  constructor(readonly random: Random) {}

  chance(p: number): boolean {
    return this.random.unit() < p;
  }

  between(least: number, most: number): number {
    return least + this.random.below(most - least + 1);
  }

  pick<T>(values: readonly T[]): T {
    return values[this.random.below(values.length)] as T;
  }
}

export function planOf(seed: number): Plan {
  const draw = new Draw(seededRandom(Math.imul(seed, 0x9e3779b1) ^ 0x2545f491));
  const healMs = draw.between(12_000, 40_000);
  const themes = THEMES.filter((theme) => draw.chance(theme.often));
  const entries = Array.from({ length: draw.between(2, 7) }, () => draw.between(2_500, healMs - 2_000));
  const acts: Act[] = entries.map((atMs) => ({ atMs, ...signal(draw) }));
  const add = (act: ActKind) => acts.push({ atMs: momentOf(draw, entries, healMs), ...act });
  for (const theme of themes) theme.add(draw, add);
  const later = new Draw(seededRandom(Math.imul(seed, 0x9e3779b1) ^ 0x6c8e9cf5));
  const addLater = (act: ActKind) => acts.push({ atMs: momentOf(later, entries, healMs), ...act });
  for (const theme of LATER_THEMES) if (later.chance(theme.often)) theme.add(later, addLater);
  acts.sort((a, b) => a.atMs - b.atMs);
  return { seed, setting: settingOf(draw), acts, healMs };
}

/** Mostly while an entry is on its way, fills or has just filled: trouble at another time meets an engine that holds nothing. */
function momentOf(draw: Draw, entries: readonly number[], healMs: number): number {
  const after = draw.pick([50, 300, 1_500, 6_000]);
  if (draw.chance(0.75)) return Math.min(healMs - 500, draw.pick(entries) + draw.between(0, after));
  return draw.between(1_500, healMs - 500);
}

function settingOf(draw: Draw): Setting {
  const startTs = draw.chance(0.06) ? draw.pick(NEAR_EDGES) : draw.pick(STARTS);
  const least = draw.between(0, 5);
  return {
    startTs,
    mood: {
      meanMs: draw.pick([300, 600, 1_200]),
      deviation: draw.pick([1, 1, 2, 4]),
      jumps: draw.pick([0, 0.01, 0.05]),
      jumpTicks: draw.pick([10, 30, 60]),
      depth: draw.pick([1, 1, 2, 20]),
    },
    childActivation: draw.pick(['onFill', 'onFill', 'onFill', 'onFullFill', 'fullSize']),
    fillReporting: draw.pick(['executionFirst', 'statusFirst']),
    othersExecutions: draw.chance(0.5),
    keepsOrdersWhileCut: draw.chance(0.5),
    lineMs: [least, least + draw.pick([0, 5, 40, 200])],
    exchangeMs: draw.pick([0, 0, 5, 50, 300]),
    diskMs: draw.pick([0, 0, 0, 3, 30]),
    shuffle: draw.chance(0.5),
    quoteMs: draw.pick([250, 500, 1_000]),
    quietMs: draw.pick([0, 3_000, 8_000]),
  };
}

function symbolOf(draw: Draw): Root {
  return draw.chance(0.8) ? 'ES' : 'MES';
}

function signal(draw: Draw): ActKind {
  const type = draw.chance(0.5) ? 'MKT' : 'LMT';
  return {
    kind: 'signal',
    symbol: symbolOf(draw),
    side: draw.chance(0.5) ? 'BUY' : 'SELL',
    quantity: draw.between(1, 4),
    type,
    awayTicks: type === 'MKT' ? 0 : draw.pick([-6, 0, 0, 1, 3, 10]),
    stopTicks: draw.pick([8, 12, 20, 40]),
    targetTicks: draw.pick([8, 16, 30, 60]),
    confidence: draw.pick([0.5, 0.6, 0.9]),
    verdict: draw.chance(0.75)
      ? 'GO'
      : draw.pick<Verdict>(['WAIT', 'WAIT', 'late', 'never', 'throws', 'garbage']),
    twice: draw.chance(0.1),
    lateMs: draw.chance(0.05) ? draw.pick([-10_000, 5_000, 29_000, 60_000]) : 0,
  };
}

const ROLES = ['entry', 'target', 'stop', 'exit', 'emergency'] as const;
const REFUSALS: readonly Pick<RefusalToCome, 'code' | 'text'>[] = [
  { code: 201, text: 'Order rejected - reason:margin' },
  { code: 110, text: 'The price does not conform to the minimum price variation for this contract.' },
  { code: 103, text: 'Duplicate order id' },
  { code: 10006, text: 'Missing parent order' },
];
const MANNERS: readonly RefusalToCome['manner'][] = [
  'statusFirst',
  'errorFirst',
  'errorOnly',
  'apiCancelled',
  'inactiveSilently',
];
const POINTS: readonly (CrashPoint | 'now')[] = [
  'append.before',
  'append.after',
  'send.before',
  'send.mid',
  'send.mid',
  'send.after',
  'now',
];

interface Theme {
  readonly often: number;
  add(draw: Draw, add: (act: ActKind) => void): void;
}

const times = (draw: Draw, most: number, act: () => void) => {
  for (let n = draw.between(1, most); n > 0; n--) act();
};

const spoil = (
  what: keyof Weather,
  levels: readonly number[],
  spanMs: readonly [number, number],
  more?: Partial<Weather>,
): Theme => ({
  often: 0.12,
  add: (draw, add) =>
    add({ kind: 'weather', set: { [what]: draw.pick(levels), ...more }, forMs: draw.between(...spanMs) }),
});

const LONG = [3_000, 40_000] as const;
const SHORT = [500, 8_000] as const;

const THEMES: readonly Theme[] = [
  // what people and programs do
  {
    often: 0.5,
    add: (draw, add) => times(draw, 4, () => add({ kind: 'exitSignal', symbol: symbolOf(draw) })),
  },
  {
    often: 0.35,
    add: (draw, add) =>
      times(draw, 3, () =>
        add({
          kind: 'operator',
          does: draw.pick(['HaltEntries', 'Halt', 'Resume', 'CancelEntries', 'Flatten']),
          scope: draw.pick(['*', '*', 'ES', 'MES']),
          twice: draw.chance(0.3),
          by: draw.pick(['ana', 'ben']),
        }),
      ),
  },
  { often: 0.1, add: (_, add) => add({ kind: 'replaySignal' }) },
  { often: 0.03, add: (_, add) => add({ kind: 'abandonFlatten' }) },
  {
    often: 0.15,
    add: (draw, add) =>
      times(draw, 3, () =>
        add({ kind: 'decideOrphan', decision: draw.pick(['adopt', 'flatten', 'ignore']) }),
      ),
  },
  {
    often: 0.25,
    add: (draw, add) => times(draw, 2, () => add({ kind: 'exitPosition', symbol: symbolOf(draw) })),
  },
  {
    often: 0.3,
    add: (draw, add) =>
      times(draw, 3, () => add({ kind: 'approve', forged: draw.chance(0.2), twice: draw.chance(0.3) })),
  },
  { often: 0.1, add: (_, add) => add({ kind: 'reject' }) },
  {
    often: 0.12,
    add: (draw, add) =>
      times(draw, 2, () =>
        add({
          kind: 'manualTrade',
          symbol: symbolOf(draw),
          signed: draw.pick([-2, -1, 1, 2]),
          clientId: draw.pick([0, 3]),
        }),
      ),
  },
  {
    often: 0.08,
    add: (draw, add) =>
      add({
        kind: 'manualOrder',
        symbol: symbolOf(draw),
        side: draw.pick(['BUY', 'SELL']),
        quantity: draw.between(1, 2),
        awayTicks: draw.between(2, 30),
        clientId: draw.pick([0, 3]),
      }),
  },
  // what the broker does
  {
    often: 0.25,
    add: (draw, add) =>
      times(draw, 2, () =>
        add({
          kind: 'brokerCancels',
          role: draw.pick(['stop', 'stop', 'target', 'entry', 'exit', 'emergency']),
        }),
      ),
  },
  {
    often: 0.35,
    add: (draw, add) =>
      times(draw, 4, () =>
        add({
          kind: 'refuse',
          refusal: { role: draw.pick(ROLES), ...draw.pick(REFUSALS), manner: draw.pick(MANNERS) },
        }),
      ),
  },
  { often: 0.06, add: (draw, add) => add({ kind: 'correct', ticks: draw.pick([-2, -1, 1, 2]) }) },
  { often: 0.08, add: (draw, add) => times(draw, 2, () => add({ kind: 'replayOpenOrders' })) },
  spoil('duplicates', [0.2, 0.6, 1], LONG),
  spoil('lostStatuses', [0.1, 0.4, 1], LONG),
  spoil('lostExecutions', [0.3, 1], SHORT),
  spoil('lateExecutions', [0.3, 1], LONG, { lateExecutionMs: 4_000 }),
  spoil('lateCommissions', [0.5, 1], LONG),
  spoil('lostCommissions', [0.5, 1], LONG),
  spoil('staleStatuses', [0.2, 0.6], LONG),
  spoil('lostOrders', [0.2, 1], SHORT),
  spoil('lostCancels', [0.3, 1], SHORT),
  spoil('lostAnswers', [0.2, 1], SHORT),
  spoil('stalePositionsMs', [500, 2_000, 10_000], SHORT),
  spoil('missingOrders', [0.2, 1], SHORT),
  spoil('unknownCancels', [0.5, 1], SHORT),
  spoil('refusedChanges', [0.5, 1], SHORT),
  spoil('nonsenseQuotes', [0.3, 1], SHORT),
  // what the market does
  {
    often: 0.3,
    add: (draw, add) => times(draw, 3, () => add({ kind: 'jump', ticks: draw.between(-60, 60) })),
  },
  { often: 0.12, add: (draw, add) => add({ kind: 'freeze', forMs: draw.between(2_000, 20_000) }) },
  // what lines and machines do
  { often: 0.2, add: (draw, add) => times(draw, 3, () => add({ kind: 'dropLine' })) },
  {
    often: 0.12,
    add: (draw, add) =>
      add({ kind: 'gatewayDown', forMs: draw.between(500, 15_000), rollback: draw.pick([0, 0, 5, 1_000]) }),
  },
  { often: 0.12, add: (draw, add) => add({ kind: 'deaf', forMs: draw.between(500, 15_000) }) },
  {
    often: 0.15,
    add: (draw, add) =>
      times(draw, 2, () =>
        add({ kind: 'upstream', forMs: draw.between(500, 12_000), code: draw.pick([1101, 1102]) }),
      ),
  },
  {
    often: 0.25,
    add: (draw, add) =>
      times(draw, 2, () =>
        add({
          kind: 'crash',
          point: draw.pick(POINTS),
          downMs: draw.between(100, 10_000),
          clientId: draw.chance(0.08) ? 8 : null,
          restore: draw.chance(0.1) ? draw.between(1, 30) : 0,
        }),
      ),
  },
  {
    often: 0.06,
    add: (draw, add) =>
      add({
        kind: 'twoWorkers',
        sleepMs: draw.between(4_000, 12_000),
        clientId: draw.chance(0.3) ? 8 : null,
      }),
  },
  {
    often: 0.06,
    add: (draw, add) =>
      add({ kind: 'slowDisk', ms: draw.pick([100, 700, 3_000]), forMs: draw.between(1_000, 8_000) }),
  },
  { often: 0.03, add: (draw, add) => add({ kind: 'diskFull', forMs: draw.between(200, 8_000) }) },
  { often: 0.1, add: (draw, add) => add({ kind: 'stall', forMs: draw.between(500, 20_000) }) },
  { often: 0.08, add: (draw, add) => add({ kind: 'clockForward', ms: draw.pick([300, 5_000, 3_600_000]) }) },
];

/** Added since: drawn by a generator of their own, so that every hour without them stays as it was. */
const LATER_THEMES: readonly Theme[] = [
  { often: 0.05, add: (draw, add) => add({ kind: 'takeQuotes', forMs: draw.between(10_000, 45_000) }) },
];
