/**
 * How often in a row the broker's report disagreed with us, instrument by instrument: one that is in doubt keeps no other waiting. An
 * instrument also waits while an order of it settles, that is, while a status promised executions that no report has.
 */
import { positionOf, promisedIn, settlingOrders } from '../model/book';
import { type BrokerReport, brokerQuantity } from '../model/broker';
import type { ById, EngineState } from '../model/state';

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
export function dueSymbols(
  state: EngineState,
  report: BrokerReport,
  { rounds, differing }: { rounds: ById<number>; differing: readonly string[] },
): readonly string[] {
  return Object.entries(rounds).flatMap(([symbol, round]) => {
    const agrees = brokerQuantity(report, symbol) === positionOf(state, symbol) + promisedIn(state, symbol);
    return round >= roundsNeeded(state, symbol, agrees || differing.includes(symbol)) ? [symbol] : [];
  });
}

/**
 * IB tells a client its own executions: of an order that another client id sent they may never come, and are not waited for when the
 * broker's position has moved, or agrees with what the statuses promise (seed 310073704).
 */
function roundsNeeded(state: EngineState, symbol: string, told: boolean): number {
  const settling = settlingOrders(state).filter((order) => order.spec.symbol === symbol);
  const others = settling.every(({ clientId }) => clientId !== null && clientId !== state.link.clientId);
  return others && told ? ROUNDS_BEFORE_REPAIR : ROUNDS_OF_SETTLING;
}
