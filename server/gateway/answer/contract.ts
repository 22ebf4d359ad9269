/** Answers about contracts: contractDetails and the price increments of a market rule. */
import type { ContractDetails } from '../../exchange/words';
import { UNSET_INTEGER } from '../wire/fields';
import type { Message } from '../wire/frame';

export function contractDetails(reqId: number, details: ContractDetails, version: number): Message {
  const { contract } = details;
  return [
    10,
    reqId,
    contract.symbol,
    contract.secType,
    `${contract.lastTradeDate} ${details.lastTradeTime} ${details.timeZoneId}`,
    ...(version >= 182 ? [contract.lastTradeDate] : []),
    0, // strike
    '', // right
    contract.exchange,
    contract.currency,
    contract.localSymbol,
    details.marketName,
    contract.tradingClass,
    contract.conId,
    contract.minTick,
    contract.multiplier,
    details.orderTypes,
    details.validExchanges,
    1, // priceMagnifier
    details.underConId,
    details.longName,
    '', // primaryExch
    contract.contractMonth,
    ...['', '', ''], // industry, category, subcategory
    details.timeZoneId,
    details.tradingHours,
    details.liquidHours,
    ...['', '', 0], // evRule, evMultiplier, secIdList
    UNSET_INTEGER, // aggGroup
    contract.symbol, // underSymbol
    'IND',
    validExchangeRules(details),
    contract.lastTradeDate, // realExpirationDate
    '', // stockType
    ...[1, 1, 1], // minSize, sizeIncrement, suggestedSizeIncrement
    ...(version >= 186 ? [0] : []), // ineligibility reasons
  ];
}

export const contractDetailsEnd = (reqId: number): Message => [52, 1, reqId];

/** One increment for every price from 0 up, in points. */
export const marketRule = (ruleId: number, increment: number): Message => [93, ruleId, 1, 0, increment];

/** What a symbol search finds: the index under each product, and that futures are derived from it. */
export const symbolSamples = (reqId: number, found: readonly ContractDetails[]): Message => [
  79,
  reqId,
  found.length,
  ...found.flatMap(({ underConId, contract, longName }) => [
    underConId,
    contract.symbol,
    'IND',
    contract.exchange,
    contract.currency,
    ...[1, 'FUT'], // derivative types
    ...[longName, ''], // description, issuerId
  ]),
];

/** The end of an option chain. */
export const noOptionChain = (reqId: number): Message => [76, reqId];

/** One rule id for each valid exchange, in the same order. */
function validExchangeRules({ validExchanges, marketRuleId }: ContractDetails): string {
  return validExchanges
    .split(',')
    .map(() => marketRuleId)
    .join(',');
}
