/**
 * IB's order ids belong to one client and must grow for ever; a gateway that was set back offers old ones again (F24: 352 ids re-used).
 * The highest one ever heard of is in the journal, and the worker starts above it (I7). An older database may have forgotten it, and a gateway
 * that was set back offers it again: therefore each start also begins above what any earlier start can have reached (decision 47).
 */
import type { EngineEvent } from '../model/event';
import { parseOrderRef } from '../model/ids';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';

/** Ids of manual orders are 0 or negative, and never the highest. */
export function rememberOrderIds(state: EngineState, event: EngineEvent): EngineState {
  const lastOrderId = Math.max(state.lastOrderId, heardIn(event));
  return lastOrderId === state.lastOrderId ? state : stateWith(state, { lastOrderId });
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

/** 1 January 2025, 00:00 UTC. */
const ERA_MS = 1_735_689_600_000;
/** On average a worker never needs as many; at this pace the ids that IB allows (31 bits) last until 2042. */
const IDS_PER_SECOND = 4;
const MS_PER_SECOND = 1_000;

/**
 * The highest order id that may be taken already. What was handed to the wire and never answered may have taken one each: no new order
 * may get one of those, nor one that an earlier start took and nobody remembers (seed 780047263: an order held back at the gateway, whose id
 * a new entry got, so that stop and target joined that order instead).
 * @param hostMs of this start
 */
export function orderIdsTaken(state: EngineState, hostMs: number): number {
  const unheard = Object.values(state.orders).filter((order) => order.orderId === null).length;
  const byTime = Math.floor(((hostMs - ERA_MS) * IDS_PER_SECOND) / MS_PER_SECOND);
  return Math.max(state.lastOrderId + unheard, byTime);
}
