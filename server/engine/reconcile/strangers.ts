/**
 * What works at the broker and is not ours to steer: orders of other programs and by hand (R12), and our own under another client id,
 * which IB lets us see but neither change nor cancel (R13, error 10147).
 */
import { positionOf, withOrder } from '../model/book';
import type { BrokerOrder, BrokerReport } from '../model/broker';
import type { Command } from '../model/command';
import type { Fact } from '../model/fact';
import { hasOtherPermId } from '../model/incident';
import { isLive, signOf } from '../model/order';
import { advance } from '../model/order-table';
import type { ForeignOrder } from '../model/reconciliation';
import { orderWith, reconciliationWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';

export function watchStrangers(state: EngineState, report: BrokerReport, hostMs: number): Outcome {
  return chain(
    state,
    (current) => watchForeign(current, report),
    ...report.openOrders.map((told) => (current: EngineState) => watchReach(current, told, hostMs)),
  );
}

function isForeign(state: EngineState, told: BrokerOrder): boolean {
  const order = state.orders[told.orderRef];
  return order === undefined || hasOtherPermId(order, told.permId);
}

/** Each is told once; one that would close a position of ours is a second closer, and a person must know. */
function watchForeign(state: EngineState, report: BrokerReport): Outcome {
  const before = new Map(state.reconciliation.foreignOrders.map((order) => [order.permId, order]));
  const foreign = report.openOrders
    .filter((told) => isForeign(state, told))
    .map((told) => foreignOf(state, told));
  if (foreign.length === 0 && before.size === 0) return unchanged(state);
  const facts: Fact[] = [];
  const commands: Command[] = [];
  for (const order of foreign) {
    const { permId, symbol, closes } = order;
    const known = before.get(permId);
    const text = foreignText(order);
    if (!known) facts.push({ type: 'ForeignOrderSeen', permId, symbol, text });
    if (closes && !known?.closes) {
      const words = `A SECOND CLOSER works beside our stop: ${text}. If both fill, a position opens. Cancel it there, or exit here.`;
      commands.push({ type: 'SendAlert', severity: 'critical', text: words });
    }
  }
  const reconciliation = reconciliationWith(state.reconciliation, { foreignOrders: foreign });
  return { state: stateWith(state, { reconciliation }), facts, commands };
}

function foreignOf(state: EngineState, told: BrokerOrder): ForeignOrder {
  const { permId, clientId, orderRef, symbol, side, remaining, type, status, limitTicks, triggerTicks } =
    told;
  const closes = positionOf(state, symbol) * signOf(side) < 0;
  const terms = { symbol, side, quantity: remaining, type, limitTicks, triggerTicks };
  return { permId, clientId, orderRef, status, ...terms, closes };
}

function foreignText({ side, quantity, symbol, type, status, clientId }: ForeignOrder): string {
  return `${side} ${quantity} ${symbol} ${type} ${status}, client ${clientId}`;
}

function watchReach(state: EngineState, told: BrokerOrder, hostMs: number): Outcome {
  const order = state.orders[told.orderRef];
  const ours = state.link.clientId;
  if (!order || !isLive(order) || ours === null || hasOtherPermId(order, told.permId))
    return unchanged(state);
  const outOfReach = told.clientId !== ours;
  if (outOfReach === order.outOfReach) return unchanged(state);
  const event = outOfReach ? 'OutOfReach' : 'WithinReach';
  const { order: moved } = advance(orderWith(order, { outOfReach }), event, hostMs);
  const next = withOrder(state, orderWith(moved, { cancelSentHostMs: null }));
  if (!outOfReach) return unchanged(next);
  const { ref, cycleId, symbol } = order.spec;
  const text = `${ref} works under client id ${told.clientId}, this worker is ${ours}: it can be seen, not changed or cancelled. Cancel it in TWS, or start with INTERLOCK_CLIENT_ID=${told.clientId}.`;
  return {
    state: next,
    facts: [{ type: 'OrderAnomaly', cycleId, symbol, ref, text }],
    commands: [{ type: 'SendAlert', severity: 'critical', text }],
  };
}
