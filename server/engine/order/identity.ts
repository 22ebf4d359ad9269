/**
 * IB's order ids belong to one client and must grow for ever; a gateway that was set back offers old ones again (F24: 352 ids re-used).
 * The highest one ever heard of is in the journal, and the worker starts above it (I7).
 */
import type { EngineEvent } from '../model/event';
import { parseOrderRef } from '../model/ids';
import type { EngineState } from '../model/state';

/** Ids of manual orders are 0 or negative, and never the highest. */
export function rememberOrderIds(state: EngineState, event: EngineEvent): EngineState {
  const lastOrderId = Math.max(state.lastOrderId, heardIn(event));
  return lastOrderId === state.lastOrderId ? state : { ...state, lastOrderId };
}

function heardIn(event: EngineEvent): number {
  switch (event.type) {
    case 'OrderStatusReported':
    case 'OrderErrorReported':
      return ofOurs(event);
    case 'ExecutionReported':
      return ofOurs(event.execution);
    case 'BrokerReported': {
      const { openOrders, completedOrders, executions } = event.report;
      return [...openOrders, ...completedOrders, ...executions].reduce(
        (highest, row) => Math.max(highest, ofOurs(row)),
        0,
      );
    }
    default:
      return 0;
  }
}

function ofOurs({ orderRef, orderId }: { orderRef: string; orderId: number }): number {
  return parseOrderRef(orderRef) === null ? 0 : orderId;
}

/** What was handed to the wire and never answered may have taken an id each: no new order may get one of those. */
export function orderIdsTaken(state: EngineState): number {
  const unheard = Object.values(state.orders).filter((order) => order.orderId === null).length;
  return state.lastOrderId + unheard;
}
