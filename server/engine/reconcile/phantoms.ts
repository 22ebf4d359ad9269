/**
 * Positions of ours that the broker does not hold, or not all of it (F05). Where it holds all that we count and more, ours is there: it is
 * protected whatever becomes of the rest (L1).
 */
import { positionOf } from '../model/book';
import { type BrokerReport, brokerQuantity } from '../model/broker';
import type { Phantom } from '../model/reconciliation';
import type { EngineState } from '../model/state';

export function phantomsOf(
  state: EngineState,
  report: BrokerReport,
  disputed: readonly string[],
): readonly Phantom[] {
  return disputed.flatMap((symbol) => {
    const ours = positionOf(state, symbol);
    const brokers = brokerQuantity(report, symbol);
    return Math.sign(ours) * brokers < Math.abs(ours) ? [{ symbol, ours, brokers }] : [];
  });
}
