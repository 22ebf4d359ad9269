/**
 * Old news: IB may tell a position as it was before the last executions, more than once. What we held ourselves a moment ago is no
 * disagreement: executions are the truth (I6). Nothing is sent for it and nothing is repaired, and the question is put again; after that
 * time it counts like any other.
 */
import { positionOf } from '../model/book';
import { reconciliationWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';

const OLD_NEWS_MS = 12_000;
/** What several executions at once only passed through was hardly ever told: that it is told by chance is likelier (seeds 310212776, 700018822). */
const PASSED_THROUGH_MS = 100;
const PASSED_THROUGH_NEWS_MS = 3_000;
const REMEMBERED = 20;

/** Before an execution of this symbol is booked. */
export function rememberLeft(state: EngineState, symbol: string, hostMs: number): EngineState {
  const { reconciliation } = state;
  const held = { symbol, quantity: positionOf(state, symbol), hostMs };
  const recent = reconciliation.left.filter((left) => hostMs - left.hostMs < OLD_NEWS_MS);
  return stateWith(state, {
    reconciliation: reconciliationWith(reconciliation, { left: [...recent, held].slice(-REMEMBERED) }),
  });
}

export function isOldNews(state: EngineState, symbol: string, quantity: number, hostMs: number): boolean {
  const left = state.reconciliation.left.filter((held) => held.symbol === symbol);
  return left.some((held, n) => {
    const before = left[n - 1];
    const passed = before !== undefined && held.hostMs - before.hostMs < PASSED_THROUGH_MS;
    const newsMs = passed ? PASSED_THROUGH_NEWS_MS : OLD_NEWS_MS;
    return held.quantity === quantity && hostMs - held.hostMs < newsMs;
  });
}

/** The book was brought to what the broker says: what was held before proves nothing any more. */
export function forgetLeft(state: EngineState, symbols: readonly string[]): EngineState {
  const left = state.reconciliation.left.filter(({ symbol }) => !symbols.includes(symbol));
  return stateWith(state, { reconciliation: reconciliationWith(state.reconciliation, { left }) });
}
