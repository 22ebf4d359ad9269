/**
 * What IB tells unasked of orders: statuses, executions, commissions, errors. Everything is passed on, duplicates included (the engine is
 * idempotent); an order of somebody else's has an empty reference.
 */
import { type Contract, EventName, type Execution, type Order } from '@stoqey/ib';
import type { OrderPrices } from '../../engine/model/broker';
import { parseOrderRef } from '../../engine/model/ids';
import type { Instruments } from './instruments';
import type { OrderIds } from './order-ids';
import { spokenOf } from './spoken-of';
import {
  commissionOf,
  executionOf,
  hasEnded,
  nameOf,
  orderStatusSchema,
  type Progress,
  pricesOf,
} from './translate/answers';
import { CODE, isWarning } from './translate/codes';
import type { Usage } from './usage';
import type { Wire } from './wire';

/** Request id of an execution that nobody asked for: it has just happened. */
const LIVE = -1;
const NO_ID = -1;

export interface OrderTalk {
  /** What the last status of an order said, by its permanent id. */
  progressOf(permId: number): Progress | null;
}

export function listenToOrders(
  wire: Wire,
  deps: {
    instruments: Instruments;
    orderIds: OrderIds;
    account(): string;
    usage: Usage;
    /** A request of ours was refused. @returns whether that has been told already. */
    requestFailed(requestId: number, code: number, text: string): boolean;
  },
): OrderTalk {
  const { api, settings } = wire;
  const { instruments, orderIds } = deps;
  const progress = spokenOf<number, Progress>(settings.clock);
  /** By permanent id: `openOrder` comes before each status of a change, and shows the prices that IB's status lacks. */
  const shown = spokenOf<number, OrderPrices>(settings.clock);

  api.on(
    EventName.openOrder,
    wire.guard((orderId: number, contract: Contract, order: Order) => {
      const { clientId = 0, permId = 0, orderRef = '' } = order;
      orderIds.seen({ orderId, clientId, permId, orderRef });
      if (parseOrderRef(orderRef) !== null && contract.conId)
        deps.usage.works({ orderId, clientId }, contract.conId);
      const instrument = instruments.of(contract);
      const prices = instrument && pricesOf(order, instrument);
      if (prices !== null && permId !== 0) shown.note(permId, prices);
    }),
  );

  api.on(
    EventName.orderStatus,
    wire.guard(
      (
        orderId: number,
        reported: string,
        filled: number,
        remaining: number,
        _averagePrice: number,
        permId = 0,
        _parentId?: number,
        _lastPrice?: number,
        clientId = settings.clientId,
        whyHeld = '',
      ) => {
        const status = orderStatusSchema.safeParse(reported);
        if (!status.success) {
          const text = `Order ${orderId} has a status that is not known here: ${reported}`;
          return wire.emit({ type: 'BrokerNotice', code: CODE.adapter, text });
        }
        const prices = shown.of(permId);
        if (permId !== 0) progress.note(permId, { filled, remaining, whyHeld });
        if (hasEnded(status.data)) deps.usage.ended({ orderId, clientId });
        wire.emit({
          type: 'OrderStatusReported',
          orderRef: orderIds.refOf({ orderId, clientId, permId }),
          permId,
          orderId,
          status: status.data,
          filled,
          remaining,
          whyHeld,
          ...(prices && { prices }),
        });
      },
    ),
  );

  api.on(
    EventName.execDetails,
    wire.guard((requestId: number, contract: Contract, details: Execution) => {
      if (requestId !== LIVE) return;
      const instrument = instruments.of(contract);
      const ours = details.acctNumber === undefined || details.acctNumber === deps.account();
      const execution = instrument && ours && executionOf(details, instrument, settings.clock.now().ts);
      if (execution) return wire.emit({ type: 'ExecutionReported', execution });
      const text = `Execution ${details.execId} of ${nameOf(contract)} in account ${details.acctNumber} is not counted: its contract is not traded here, or not known yet (then the next report has it).`;
      settings.log.warn({ contract, execution: details }, text);
      wire.emit({ type: 'BrokerNotice', code: CODE.adapter, text });
    }),
  );

  api.on(
    EventName.commissionReport,
    wire.guard((report) => {
      const commission = commissionOf(report);
      if (commission !== null) wire.emit({ type: 'CommissionReported', commission });
    }),
  );

  api.on(
    EventName.error,
    wire.guard((error: Error, code: number, id: number) => {
      if (id === NO_ID) return;
      const text = error.message;
      const subject = wire.subjectOf(id);
      if (subject !== undefined) {
        if (!deps.requestFailed(id, code, text)) {
          wire.emit({ type: 'BrokerNotice', code, text: `${subject}: ${text}` });
        }
        return;
      }
      const orderRef = orderIds.refOf({ orderId: id, clientId: settings.clientId, permId: 0 });
      if (isWarning(code)) {
        return wire.emit({ type: 'BrokerNotice', code, text: `${orderRef || `order ${id}`}: ${text}` });
      }
      wire.emit({ type: 'OrderErrorReported', orderRef, orderId: id, code, text });
    }),
  );

  return { progressOf: (permId) => progress.of(permId) ?? null };
}
