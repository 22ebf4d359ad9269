/**
 * Answers about orders: openOrder (135 fields at version 178, 141 at 193), orderStatus, and the end of a list.
 * Fields that a futures order never sets carry the values that a real gateway was seen to send.
 */
import type { OrderKey, OrderRecord, OrderStatus } from '../../exchange/words';
import { UNSET_DECIMAL, UNSET_INTEGER } from '../wire/fields';
import type { Field, Message } from '../wire/frame';

/** What an order would do to the account: the answer to whatIf. $ */
export interface MarginEffect {
  initMarginBefore: number;
  maintMarginBefore: number;
  equityWithLoanBefore: number;
  initMarginChange: number;
  maintMarginChange: number;
  commission: number;
}

const NO_PRICE_CAP = 0;

export const orderStatus = (status: OrderStatus): Message => [
  3,
  status.orderId,
  status.status,
  status.filled,
  status.remaining,
  status.avgFillPrice,
  status.permId,
  status.parentId,
  status.lastFillPrice,
  status.clientId,
  status.whyHeld,
  NO_PRICE_CAP,
];

/** An order that was placed by hand is client 0's from now on, under this id. */
export const orderBound = ({ permId, clientId, orderId }: OrderKey): Message => [
  100,
  permId,
  clientId,
  orderId,
];

export const openOrderEnd = (): Message => [53, 1];

/** @param effect for the answer to a whatIf request only: it makes the message say so */
export function openOrder(order: OrderRecord, version: number, effect?: MarginEffect): Message {
  return [
    5,
    order.orderId,
    ...orderContract(order),
    ...orderTerms(order),
    order.clientId,
    order.permId,
    ...sessionRules(order),
    `${order.permId}.0/${order.account}/100`, // sharesAllocation
    ...ALLOCATION_AND_SHORT_SALE,
    0, // auctionStrategy
    ...PEGGED,
    UNSET_INTEGER, // displaySize
    ...[0, 0, 0, ''], // blockOrder, sweepToFill, allOrNone, minQty
    order.ocaType,
    ...[0, 0, ''], // eTradeOnly, firmQuoteOnly, nbboPriceCap
    order.parentId,
    order.triggerMethod ?? 0,
    ...['', 0, 'None', '', 0, '', '', '', '?', 0, 0, ''], // volatility, delta neutral
    ...[0, 0], // continuousUpdate, referencePriceType
    ...[order.trailStopPrice ?? '', order.trailingPercent ?? ''],
    ...['', ''], // basisPoints, basisPointsType
    ...COMBINATION_AND_SCALE,
    ...['', 0], // hedgeType, optOutSmartRouting
    ...CLEARING_AND_ALGORITHM,
    ...orderState(order, effect),
    ...[0, 0, 0], // randomizeSize, randomizePrice, conditions
    ...['None', UNSET_DECIMAL, trailStopShown(order)], // adjustedOrderType, triggerPrice, trailStopPrice
    ...[UNSET_DECIMAL, UNSET_DECIMAL, UNSET_DECIMAL, UNSET_DECIMAL, 0], // lmtPriceOffset, adjusted prices and unit
    ...['', '', ''], // softDollarTier
    ...[0, 1, 0, 0, 0], // cashQty, dontUseAutoPriceForHedge, isOmsContainer, discretionaryUpToLimitPrice, usePriceMgmtAlgo
    ...['', '', 0], // duration, postToAts, autoCancelParent
    ...PEG_BEST_AND_MID,
    ...gatedOptions(version),
  ];
}

/** What real gateways send as the second trailStopPrice: a limit order's price and one, whichever its side; a stop's trigger (ib-protocol 2.4). */
function trailStopShown({ orderType, lmtPrice, auxPrice, trailStopPrice }: OrderRecord): Field {
  if (orderType === 'LMT' && lmtPrice !== undefined) return lmtPrice + 1;
  return trailStopPrice ?? auxPrice ?? UNSET_DECIMAL;
}

/** The 11 contract fields of openOrder and completedOrder. */
export const orderContract = ({ contract }: OrderRecord): Field[] => [
  contract.conId,
  contract.symbol,
  contract.secType,
  contract.lastTradeDate,
  0, // strike
  '?', // right
  contract.multiplier,
  contract.exchange,
  contract.currency,
  contract.localSymbol,
  contract.tradingClass,
];

/** Side, quantity and prices, down to orderRef. A price that the order type does not use is sent as 0.0. */
export const orderTerms = (order: OrderRecord): Field[] => [
  order.action,
  order.totalQuantity,
  order.orderType,
  order.lmtPrice ?? '0.0',
  order.auxPrice ?? '0.0',
  order.tif,
  order.ocaGroup,
  order.account,
  '', // openClose
  0, // origin: customer
  order.orderRef,
];

/** outsideRth, hidden, discretionaryAmt, goodAfterTime. */
export const sessionRules = (order: OrderRecord): Field[] => [order.outsideRth, 0, 0, ''];

/** Advisor group, method and percentage, model, goodTillDate, rule80A, percentOffset, settlingFirm, short sale. */
export const ALLOCATION_AND_SHORT_SALE: readonly Field[] = ['', '', '', '', '', '', '', '', 0, '', -1];

/** startingPrice, stockRefPrice, delta, stockRangeLower, stockRangeUpper. */
export const PEGGED: readonly Field[] = ['', '', '', '', ''];

/** Combination legs (none), their prices, routing parameters; the three sizes of a scale order. */
export const COMBINATION_AND_SCALE: readonly Field[] = ['', 0, 0, 0, UNSET_INTEGER, UNSET_INTEGER, ''];

/** clearingAccount, clearingIntent, notHeld, delta-neutral contract, algorithm, solicited. */
export const CLEARING_AND_ALGORITHM: readonly Field[] = ['', 'IB', 0, 0, '', 0];

/** minTradeQty, minCompeteSize, competeAgainstBestOffset, midOffsetAtWhole, midOffsetAtHalf. */
export const PEG_BEST_AND_MID: readonly Field[] = ['', '', '', '', ''];

const UNKNOWN_MARGINS: readonly Field[] = Array<Field>(9).fill(UNSET_DECIMAL);

function orderState(order: OrderRecord, effect: MarginEffect | undefined): Field[] {
  const margins = effect ? marginFields(effect) : UNKNOWN_MARGINS;
  const known = effect?.commission ?? order.commission;
  const commission = known === undefined ? ['', '', '', ''] : [known, '', '', 'USD'];
  return [effect !== undefined, order.status, ...margins, ...commission, '' /* warningText */];
}

function marginFields(effect: MarginEffect): Field[] {
  return [
    effect.initMarginBefore,
    effect.maintMarginBefore,
    effect.equityWithLoanBefore,
    effect.initMarginChange,
    effect.maintMarginChange,
    -effect.commission,
    effect.initMarginBefore + effect.initMarginChange,
    effect.maintMarginBefore + effect.maintMarginChange,
    effect.equityWithLoanBefore - effect.commission,
  ];
}

function gatedOptions(version: number): Field[] {
  return [
    ...(version >= 183 ? [''] : []), // customerAccount
    ...(version >= 184 ? [0] : []), // professionalCustomer
    ...(version >= 185 ? [''] : []), // bondAccruedInterest
    ...(version >= 189 ? [0] : []), // includeOvernight
    ...(version >= 193 ? ['', UNSET_INTEGER] : []), // extOperator, manualOrderIndicator
  ];
}
