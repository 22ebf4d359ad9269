/** Answers about the account: values, positions, portfolio, P&L. Money with cents, as IB writes it. */
import type { AccountValues, Contract, Pnl, Position } from '../../exchange/words';
import { UNSET_DECIMAL } from '../wire/fields';
import type { Field, Message } from '../wire/frame';
import { hourAndMinute } from '../wire/time';

export interface AccountValue {
  tag: string;
  value: string;
  /** Empty for what is no money. */
  currency: string;
}

/** The account in IB's tags. */
export function accountValues({ account, ...money }: AccountValues): AccountValue[] {
  return [
    { tag: 'AccountCode', value: account, currency: '' },
    { tag: 'AccountReady', value: 'true', currency: '' },
    { tag: 'AccountType', value: 'INDIVIDUAL', currency: '' },
    ...Object.entries(money).map(([tag, dollars]) => ({ tag, value: dollars.toFixed(2), currency: 'USD' })),
  ];
}

export const updateAccountValue = (account: string, { tag, value, currency }: AccountValue): Message => [
  6,
  2,
  tag,
  value,
  currency,
  account,
];

export const accountUpdateMulti = (
  reqId: number,
  account: string,
  modelCode: string,
  { tag, value, currency }: AccountValue,
): Message => [73, 1, reqId, account, modelCode, tag, value, currency];

export const accountUpdateMultiEnd = (reqId: number): Message => [74, 1, reqId];

export const updateAccountTime = (ts: number): Message => [8, 1, hourAndMinute(ts)];

export const accountDownloadEnd = (account: string): Message => [54, 1, account];

export const accountSummary = (
  reqId: number,
  account: string,
  { tag, value, currency }: AccountValue,
): Message => [63, 1, reqId, account, tag, value, currency];

export const accountSummaryEnd = (reqId: number): Message => [64, 1, reqId];

export const updatePortfolio = (held: Position): Message => [
  7,
  8,
  ...positionContract(held.contract, held.contract.exchange),
  held.position,
  held.marketPrice,
  held.marketValue,
  held.avgCost,
  held.unrealizedPNL,
  held.realizedPNL,
  held.account,
];

export const position = (held: Position): Message => [
  61,
  3,
  held.account,
  ...positionContract(held.contract, NO_EXCHANGE),
  held.position,
  held.avgCost,
];

export const positionEnd = (): Message => [62, 1];

export const positionMulti = (reqId: number, held: Position, modelCode: string): Message => [
  71,
  1,
  reqId,
  held.account,
  ...positionContract(held.contract, NO_EXCHANGE),
  held.position,
  held.avgCost,
  modelCode,
];

export const positionMultiEnd = (reqId: number): Message => [72, 1, reqId];

export const pnl = (reqId: number, { daily, unrealized, realized }: Pnl): Message => [
  94,
  reqId,
  daily,
  unrealized,
  realized,
];

/** `held` is undefined for a contract that was not traded: IB sends "unset" then. */
export function pnlSingle(reqId: number, held: Position | undefined): Message {
  if (!held) return [95, reqId, 0, UNSET_DECIMAL, UNSET_DECIMAL, UNSET_DECIMAL, UNSET_DECIMAL];
  const daily = held.unrealizedPNL + held.realizedPNL;
  return [95, reqId, held.position, daily, held.unrealizedPNL, held.realizedPNL, held.marketValue];
}

/** A position belongs to no exchange: IB leaves the field empty for futures. */
const NO_EXCHANGE = '';

function positionContract(contract: Contract, exchange: string): Field[] {
  return [
    contract.conId,
    contract.symbol,
    contract.secType,
    contract.lastTradeDate,
    '0.0', // strike
    '', // right
    contract.multiplier,
    exchange,
    contract.currency,
    contract.localSymbol,
    contract.tradingClass,
  ];
}
