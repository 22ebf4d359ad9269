/** Times are the exchange's (US/Central) and say so; ages and durations are short and never negative. */
const ZONE = 'America/Chicago';

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const minutes = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const calendar = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const offset = new Intl.DateTimeFormat('en-US', { timeZone: ZONE, timeZoneName: 'shortOffset' });

/** @returns `09:35:22` */
export function exchangeTime(ts: number): string {
  return clock.format(ts);
}

/** @returns `09:35` */
export function exchangeMinute(ts: number): string {
  return minutes.format(ts);
}

/** @returns `09:35:22.204` */
export function exchangeTimeMs(ts: number): string {
  const ms = ((Math.floor(ts) % 1000) + 1000) % 1000;
  return `${clock.format(ts)}.${String(ms).padStart(3, '0')}`;
}

/** @returns `2025-12-12`, the calendar day in US/Central. */
export function exchangeDate(ts: number): string {
  return calendar.format(ts);
}

/** @returns `UTC−6` or `UTC−5`, whichever holds at that moment. */
export function exchangeOffset(ts: number): string {
  const part = offset.formatToParts(ts).find((piece) => piece.type === 'timeZoneName');
  return (part?.value ?? 'GMT').replace('GMT', 'UTC').replace('-', '−');
}

/** How long ago, or how long: `0.2 s`, `38 s`, `4 min`, `3 h 12 min`, `2 d 4 h`. @param ms negative counts as nothing */
export function age(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const mins = Math.floor(seconds / 60);
  if (mins < 60) return `${mins} min`;
  const hours = Math.floor(mins / 60);
  if (hours < 48) return `${hours} h ${mins % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** An exact duration: `38 ms`, `1.2 s`, `18 min 04 s`, `2 h 05 min`. */
export function duration(ms: number): string {
  const span = Math.max(0, ms);
  if (span < 1000) return `${Math.round(span)} ms`;
  if (span < 60_000) return `${(span / 1000).toFixed(1)} s`;
  const seconds = Math.floor(span / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor(seconds / 60) % 60).padStart(2, '0')} min`;
}
