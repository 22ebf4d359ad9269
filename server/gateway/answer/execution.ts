/** Answers about fills: execDetails (31 fields at version 177, 32 from 178) and the commission that follows each. */
import type { CommissionReport, Execution } from '../../exchange/words';
import { UNSET_DECIMAL } from '../wire/fields';
import type { Message } from '../wire/frame';
import { exchangeTime } from '../wire/time';

/** The request id of an execution that nobody asked for: it happened just now. */
export const LIVE_EXECUTION = -1;

const LIQUIDITY_UNKNOWN = 0;

export function execDetails(reqId: number, execution: Execution, version: number): Message {
  const { contract } = execution;
  return [
    11,
    reqId,
    execution.orderId,
    contract.conId,
    contract.symbol,
    contract.secType,
    contract.lastTradeDate,
    '0.0', // strike
    '', // right
    contract.multiplier,
    contract.exchange,
    contract.currency,
    contract.localSymbol,
    contract.tradingClass,
    execution.execId,
    exchangeTime(execution.ts),
    execution.account,
    contract.exchange,
    execution.side,
    execution.shares,
    execution.price,
    execution.permId,
    execution.clientId,
    0, // liquidation
    execution.cumQty,
    execution.avgPrice,
    execution.orderRef,
    ...['', '', ''], // evRule, evMultiplier, modelCode
    LIQUIDITY_UNKNOWN,
    ...(version >= 178 ? [0] : []), // pendingPriceRevision
  ];
}

export const execDetailsEnd = (reqId: number): Message => [55, 1, reqId];

export const commissionReport = (report: CommissionReport): Message => [
  59,
  1,
  report.execId,
  report.commission,
  report.currency,
  report.realizedPNL ?? UNSET_DECIMAL,
  UNSET_DECIMAL, // yield
  '', // yieldRedemptionDate
];
