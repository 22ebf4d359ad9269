/** whatIf: what an order would do to margin and cash, with the order itself never placed. */
import { PRODUCTS } from '../../exchange/contracts';
import type { Contract, OrderRecord, OrderRequest } from '../../exchange/words';
import { type MarginEffect, openOrder } from '../answer/order';
import { errorMessage } from '../answer/system';
import type { Client } from '../session/client';
import { type Desk, resolveContract } from './desk';

/** Answers with one openOrder that says so, and no order status. An untransmitted order cannot be asked about (413). */
export function whatIf(desk: Desk, client: Client, order: OrderRequest): void {
  if (!order.transmit) {
    client.send(
      errorMessage(order.orderId, 413, 'The "What-if" order should have the transmit flag set to true.'),
    );
    return;
  }
  const details = resolveContract(desk, client, { id: order.orderId, contract: order.contract });
  if (!details) return;
  const record = imagined(order, details.contract, desk.exchange.account);
  client.send(openOrder(record, client.version, effectOf(desk, record)));
}

/** Margin follows the size of the position, commission the size of the order. */
function effectOf({ exchange }: Desk, order: OrderRecord): MarginEffect {
  const { initialMargin, commission } = PRODUCTS[order.contract.symbol];
  const held =
    exchange.positions().find(({ contract }) => contract.conId === order.contract.conId)?.position ?? 0;
  const after = held + (order.action === 'BUY' ? order.totalQuantity : -order.totalQuantity);
  const marginChange = (Math.abs(after) - Math.abs(held)) * initialMargin;
  const { InitMarginReq, MaintMarginReq, EquityWithLoanValue } = exchange.accountValues();
  return {
    initMarginBefore: InitMarginReq,
    maintMarginBefore: MaintMarginReq,
    equityWithLoanBefore: EquityWithLoanValue,
    initMarginChange: marginChange,
    maintMarginChange: marginChange,
    commission: commission * order.totalQuantity,
  };
}

function imagined(order: OrderRequest, contract: Contract, account: string): OrderRecord {
  return {
    clientId: order.clientId,
    orderId: order.orderId,
    permId: 0,
    orderRef: order.orderRef ?? '',
    contract,
    account,
    action: order.action,
    totalQuantity: order.totalQuantity,
    orderType: order.orderType,
    lmtPrice: order.lmtPrice,
    auxPrice: order.auxPrice,
    tif: order.tif ?? 'DAY',
    parentId: order.parentId ?? 0,
    parentPermId: 0,
    ocaGroup: order.ocaGroup ?? '',
    ocaType: order.ocaType ?? 3,
    outsideRth: order.outsideRth ?? false,
    status: 'PreSubmitted',
    whyHeld: '',
    filled: 0,
    remaining: order.totalQuantity,
    avgFillPrice: 0,
    lastFillPrice: 0,
    completedTs: undefined,
    completedStatus: '',
  };
}
