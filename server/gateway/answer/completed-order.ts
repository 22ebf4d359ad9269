/** completedOrder: 100 fields at version 178, 102 at 193. It names the order by permId only. */
import type { OrderRecord } from '../../exchange/words';
import { UNSET_DECIMAL, UNSET_INTEGER, UNSET_LONG } from '../wire/fields';
import type { Message } from '../wire/frame';
import { exchangeTime } from '../wire/time';
import {
  ALLOCATION_AND_SHORT_SALE,
  CLEARING_AND_ALGORITHM,
  COMBINATION_AND_SCALE,
  orderContract,
  orderTerms,
  PEG_BEST_AND_MID,
  PEGGED,
  sessionRules,
} from './order';

export const completedOrdersEnd = (): Message => [102];

export function completedOrder(order: OrderRecord, version: number): Message {
  return [
    101,
    ...orderContract(order),
    ...orderTerms(order),
    order.permId,
    ...sessionRules(order),
    ...ALLOCATION_AND_SHORT_SALE,
    ...PEGGED,
    ...[UNSET_INTEGER, 0, 0, ''], // displaySize, sweepToFill, allOrNone, minQty
    order.ocaType,
    order.triggerMethod ?? 0,
    ...['', 0, 'None', '', 0, 0, 0, ''], // volatility, delta neutral
    ...[0, 0], // continuousUpdate, referencePriceType
    ...['', order.trailingPercent ?? ''], // trailStopPrice, trailingPercent
    ...COMBINATION_AND_SCALE,
    '', // hedgeType
    ...CLEARING_AND_ALGORITHM,
    order.status,
    ...[0, 0, 0], // randomizeSize, randomizePrice, conditions
    ...[order.trailStopPrice ?? order.auxPrice ?? UNSET_DECIMAL, UNSET_DECIMAL], // trailStopPrice, lmtPriceOffset
    ...[0, 1, 0, ''], // cashQty, dontUseAutoPriceForHedge, isOmsContainer, autoCancelDate
    order.filled,
    ...[UNSET_INTEGER, 0], // refFuturesConId, autoCancelParent
    'Not an insider or substantial shareholder',
    ...[0, 0], // imbalanceOnly, routeMarketableToBbo
    order.parentPermId === 0 ? UNSET_LONG : order.parentPermId,
    order.completedTs === undefined ? '' : exchangeTime(order.completedTs),
    order.completedStatus,
    ...PEG_BEST_AND_MID,
    ...(version >= 183 ? [''] : []), // customerAccount
    ...(version >= 184 ? [0] : []), // professionalCustomer
  ];
}
