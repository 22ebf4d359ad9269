/**
 * How often in a row the broker's report disagreed with us, instrument by instrument: one that is in doubt keeps no other waiting. An
 * instrument also waits while an order of it settles, that is, while a status promised executions that no report has.
 */
import { settlingOrders } from '../model/book';
import type { ById, EngineState } from '../model/state';

const ROUNDS_BEFORE_REPAIR = 2;
/** Executions that a status promised are waited for so many reports (IB's gateway forgets them at midnight). */
const ROUNDS_OF_SETTLING = 5;

/** @param differing where the broker's position is another than ours. */
export function roundsWith(state: EngineState, differing: readonly string[]): ById<number> {
  const settling = settlingOrders(state).map((order) => order.spec.symbol);
  const waiting = new Set([...differing, ...settling]);
  return Object.fromEntries(
    [...waiting].map((symbol) => [symbol, (state.reconciliation.rounds[symbol] ?? 0) + 1]),
  );
}

/** @returns instruments in which the broker has been asked often enough: its position decides. */
export function dueSymbols(
  state: EngineState,
  rounds: ById<number>,
  differing: readonly string[],
): readonly string[] {
  return Object.entries(rounds).flatMap(([symbol, round]) =>
    round >= roundsNeeded(state, symbol, differing.includes(symbol)) ? [symbol] : [],
  );
}

/** IB tells a client its own executions: of an order that another client id sent they may never come, and its word and its position agree. */
function roundsNeeded(state: EngineState, symbol: string, differs: boolean): number {
  const settling = settlingOrders(state).filter((order) => order.spec.symbol === symbol);
  const ours = settling.some(({ clientId }) => clientId === null || clientId === state.link.clientId);
  const mayCome = settling.length > 0 && (ours || !differs);
  return mayCome ? ROUNDS_OF_SETTLING : ROUNDS_BEFORE_REPAIR;
}
