// What is held of one contract and what it cost, in whole micro-dollars.
// Invariant: cost is what the open contracts were paid for, commissions included; what closing releases adds up to it.
import { PRODUCTS } from './contracts';
import { MIN_TICK, toMicros } from './units';
import type { Contract } from './words';

export interface Holding {
  readonly contract: Contract;
  /** Signed contracts. */
  quantity: number;
  /** Signed: what was paid (bought) or taken (sold, negative), commissions added. Micro-dollars. */
  cost: number;
  /** Net of both commissions, since midnight. Micro-dollars. */
  realized: number;
  /** The last price it was marked at, ticks. */
  mark: number;
}

/** One execution: signed contracts, ticks, and its whole commission in micro-dollars. */
interface Settlement {
  readonly change: number;
  readonly price: number;
  readonly commission: number;
}

export function emptyHolding(contract: Contract, mark: number): Holding {
  return { contract, quantity: 0, cost: 0, realized: 0, mark };
}

/**
 * Takes an execution into the holding, at average cost. Returns the P&L of what it closed, net of the commissions
 * of both sides (micro-dollars); undefined when it closed nothing.
 */
export function settle(holding: Holding, { change, price, commission }: Settlement): number | undefined {
  const before = holding.quantity;
  const closing = before * change < 0 ? Math.min(Math.abs(before), Math.abs(change)) : 0;
  const closingCommission = Math.round((commission * closing) / Math.abs(change));
  const opening = change - Math.sign(change) * closing;
  const value = price * tickValue(holding.contract);
  const share = closing === 0 ? 0 : closing / Math.abs(before);
  const released = Math.round(holding.cost * share);
  holding.quantity += change;
  holding.cost += opening * value + commission - closingCommission - released;
  if (closing === 0) return undefined;
  const realized = -Math.sign(change) * closing * value - released - closingCommission;
  holding.realized += realized;
  return realized;
}

/** Signed, micro-dollars. */
export function marketValue(holding: Holding): number {
  return holding.quantity * holding.mark * tickValue(holding.contract);
}

/** Initial margin, micro-dollars. */
export function marginOf(contract: Contract, quantity: number): number {
  return Math.abs(quantity) * toMicros(PRODUCTS[contract.symbol].initialMargin);
}

/** Micro-dollars a tick and contract. */
function tickValue(contract: Contract): number {
  return toMicros(contract.multiplier * MIN_TICK);
}
