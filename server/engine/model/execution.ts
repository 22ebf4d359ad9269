/** Identity of executions: IB corrects one under the same id with another number after the last dot (`xxxxxxxx.yyyyyyyy.nn.01`). */

export interface ExecutionId {
  /** What an execution and its corrections have in common: under it they are counted once. */
  key: string;
  /** The number after the last dot; the highest is the truth. */
  revision: number;
}

export function executionIdOf(execId: string): ExecutionId {
  const match = /^(.+\..+)\.(\d+)$/.exec(execId);
  return match?.[1] && match[2]
    ? { key: match[1], revision: Number(match[2]) }
    : { key: execId, revision: 0 };
}

/** Exchange time. IB's gateway repeats the executions since midnight in every report, TWS those of up to seven days (ib-protocol 3.8). */
const REMEMBERED_MS = 3 * 86_400_000;

/** So old that it is not remembered: in a report it is what was counted long ago, or what the positions have told since. */
export function isHistory({ ts: executedTs }: { ts: number }, nowTs: number): boolean {
  return nowTs - executedTs >= REMEMBERED_MS;
}

/** True when `execId` says something newer about the same execution than `known` did. */
export function isNewer(execId: string, known: string): boolean {
  return executionIdOf(execId).revision > executionIdOf(known).revision;
}

/** One execution replaced by its correction. Signed contracts, positive when bought; prices in ticks. */
export interface Correction {
  key: string;
  execId: string;
  corrects: string;
  symbol: string;
  was: { signed: number; priceTicks: number };
  now: { signed: number; priceTicks: number };
  /** Exchange time and host time at which it was heard of, ms. */
  ts: number;
  hostMs: number;
}

/** What it means to one of the cycles that the execution was counted in. */
export interface CorrectedShare {
  cycleId: string;
  was: number;
  now: number;
}
