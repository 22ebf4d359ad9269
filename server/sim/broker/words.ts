/** The exchange's words as IB's client hands them to its listeners (ib-protocol, section 2): the arguments of each callback. */
import type { Contract as IbContract, Order as IbOrder } from '@stoqey/ib';
import type {
  CommissionReport,
  Contract,
  ContractDetails,
  ContractQuery,
  Execution,
  OrderRecord,
  OrderRequest,
  OrderStatus,
  Position,
} from '../../exchange/words';

const UNSET = 1.7976931348623157e308;

export function contractArg(contract: Contract) {
  return {
    conId: contract.conId,
    symbol: contract.symbol,
    secType: contract.secType,
    contractMonth: contract.contractMonth,
    exchange: contract.exchange,
    currency: contract.currency,
    localSymbol: contract.localSymbol,
    tradingClass: contract.tradingClass,
    minTick: contract.minTick,
    lastTradeDateOrContractMonth: contract.lastTradeDate,
    multiplier: contract.multiplier,
  };
}

export function openOrderArgs(record: OrderRecord): readonly unknown[] {
  return [record.orderId, contractArg(record.contract), orderArg(record), { status: record.status }];
}

export function completedOrderArgs(record: OrderRecord): readonly unknown[] {
  const order = Object.assign(orderArg(record), { orderId: 0, filledQuantity: record.filled });
  const state = { status: record.status, completedStatus: record.completedStatus };
  return [contractArg(record.contract), order, state];
}

function orderArg(record: OrderRecord) {
  const { clientId, orderId, permId, orderRef, account, action, totalQuantity, orderType, tif } = record;
  return {
    clientId,
    orderId,
    permId,
    orderRef,
    account,
    action,
    totalQuantity,
    orderType,
    lmtPrice: record.lmtPrice ?? 0,
    auxPrice: record.auxPrice ?? 0,
    tif,
    ocaGroup: record.ocaGroup,
    ocaType: record.ocaType,
    parentId: record.parentId,
    outsideRth: record.outsideRth,
  };
}

export function orderStatusArgs(status: OrderStatus): readonly unknown[] {
  const { orderId, filled, remaining, avgFillPrice, permId, parentId, lastFillPrice, clientId, whyHeld } =
    status;
  return [
    orderId,
    status.status,
    filled,
    remaining,
    avgFillPrice,
    permId,
    parentId,
    lastFillPrice,
    clientId,
    whyHeld,
    0,
  ];
}

export function execDetailsArgs(requestId: number, execution: Execution): readonly unknown[] {
  const { contract, account, ts, ...rest } = execution;
  return [requestId, contractArg(contract), Object.assign(rest, { acctNumber: account, time: utcText(ts) })];
}

/** `20251212-14:45:00`: one of IB's forms, and the one that needs no time zone. */
function utcText(ts: number): string {
  const iso = new Date(ts).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '')}-${iso.slice(11, 19)}`;
}

export function commissionArgs({ execId, commission, currency, realizedPNL }: CommissionReport) {
  return [{ execId, commission, currency, realizedPNL: realizedPNL ?? UNSET }];
}

export function positionArgs({ account, contract, position, avgCost }: Position): readonly unknown[] {
  return [account, contractArg(contract), position, avgCost];
}

export function contractDetailsArgs(requestId: number, details: ContractDetails): readonly unknown[] {
  const { contract, timeZoneId, tradingHours, liquidHours, longName } = details;
  const shown = { contract: contractArg(contract), minTick: contract.minTick };
  return [requestId, { ...shown, timeZoneId, tradingHours, liquidHours, longName }];
}

export function queryOf(contract: IbContract): ContractQuery {
  const { conId, symbol, secType, exchange, currency, localSymbol } = contract;
  return {
    ...(conId === undefined ? {} : { conId }),
    ...(symbol === undefined ? {} : { symbol }),
    ...(secType === undefined ? {} : { secType }),
    ...(exchange === undefined ? {} : { exchange }),
    ...(currency === undefined ? {} : { currency }),
    ...(localSymbol === undefined ? {} : { localSymbol }),
  };
}

/** Reads only the fields that go over the wire, each with IB's meaning when it is left out (`transmit` unsaid is false). */
export function requestOf(
  clientId: number,
  orderId: number,
  contract: IbContract,
  order: IbOrder,
): OrderRequest {
  return {
    clientId,
    orderId,
    contract: queryOf(contract),
    action: order.action as OrderRequest['action'],
    totalQuantity: order.totalQuantity ?? 0,
    orderType: order.orderType as OrderRequest['orderType'],
    lmtPrice: order.lmtPrice,
    auxPrice: order.auxPrice,
    tif: (order.tif || 'DAY') as 'DAY' | 'GTC' | 'IOC',
    transmit: order.transmit ?? false,
    parentId: order.parentId ?? 0,
    ocaGroup: order.ocaGroup ?? '',
    ...(order.ocaType ? { ocaType: order.ocaType as 1 | 2 | 3 } : {}),
    outsideRth: order.outsideRth ?? false,
    account: order.account ?? '',
    orderRef: order.orderRef ?? '',
  };
}
