/**
 * How often in a row the broker's report disagreed with us, instrument by instrument: one that is in doubt keeps no other waiting. An
 * instrument also waits while an order of it settles, that is, while a status promised executions that no report has.
 */
import { settlingOrders } from '../model/book';
import type { ById } from '../model/ids';
import type { EngineState } from '../model/state';

const ROUNDS_BEFORE_REPAIR = 2;
/** Executions that a status promised are waited for so many reports (IB's gateway forgets them at midnight). */
const ROUNDS_OF_SETTLING = 5;

/** @param differences by how much the broker's position is another than ours, where it is. */
export function roundsWith(state: EngineState, differences: ById<number>): ById<number> {
  const { rounds } = state.reconciliation;
  const settling = settlingOrders(state).map((order) => order.spec.symbol);
  const waiting = new Set([...Object.keys(differences), ...settling]);
  return Object.fromEntries(
    [...waiting].map((symbol) => {
      const anew = !settling.includes(symbol) && isAnother(state, symbol, differences[symbol]);
      return [symbol, anew ? 1 : (rounds[symbol] ?? 0) + 1];
    }),
  );
}

/** A report that crossed a fill of ours disagrees by another amount, and confirms nothing (seeds 320223748, 700007634). */
function isAnother(state: EngineState, symbol: string, difference: number | undefined): boolean {
  const before = state.reconciliation.differences[symbol];
  return before !== undefined && difference !== undefined && before !== difference;
}

/** @returns instruments in which the broker has been asked often enough: its position decides. */
export function dueSymbols(state: EngineState, rounds: ById<number>): readonly string[] {
  return Object.entries(rounds).flatMap(([symbol, round]) =>
    round >= roundsNeeded(state, symbol) ? [symbol] : [],
  );
}

/**
 * IB tells a client its own executions: of an order that another client id sent they may never come, and are not waited for, whatever the
 * broker's position is (seeds 310073704, 710025618: a fill of the entry and one of the target were both untold, and the position as before).
 */
function roundsNeeded(state: EngineState, symbol: string): number {
  const settling = settlingOrders(state).filter((order) => order.spec.symbol === symbol);
  const others = settling.every(({ clientId }) => clientId !== null && clientId !== state.link.clientId);
  return others ? ROUNDS_BEFORE_REPAIR : ROUNDS_OF_SETTLING;
}
