// The four CME equity-index futures and their quarterly contracts. Contract ids are invented, but stable.
import { DateTime } from 'luxon';
import { nth } from './holidays';
import { type Calendar, CENTRAL_ZONE, centralDate } from './sessions';
import { MIN_TICK } from './units';
import type { Contract, ContractDetails, ContractQuery, ProductSymbol } from './words';

interface Product {
  readonly symbol: ProductSymbol;
  readonly longName: string;
  /** $ a point. */
  readonly multiplier: number;
  /** The index underneath: invented id. */
  readonly underConId: number;
  /** $ a contract and side. */
  readonly commission: number;
  /** $ a contract: a round figure of the right size, not the clearing house's of the day. */
  readonly initialMargin: number;
}

export const PRODUCTS: Readonly<Record<ProductSymbol, Product>> = {
  ES: product('ES', 'E-mini S&P 500', 50, 1, 2.25, 20_000),
  MES: product('MES', 'Micro E-Mini S&P 500 Stock Price Index', 5, 1, 0.62, 2_000),
  NQ: product('NQ', 'E-mini NASDAQ 100', 20, 2, 2.25, 30_000),
  MNQ: product('MNQ', 'Micro E-Mini Nasdaq-100 Index', 2, 2, 0.62, 3_000),
};
export const SYMBOLS: readonly ProductSymbol[] = ['ES', 'MES', 'NQ', 'MNQ'];

function product(
  symbol: ProductSymbol,
  longName: string,
  multiplier: number,
  index: number,
  commission: number,
  initialMargin: number,
): Product {
  return { symbol, longName, multiplier, underConId: 900_000_000 + index, commission, initialMargin };
}

const QUARTERS = [3, 6, 9, 12];
const MONTH_LETTER: Readonly<Record<number, string>> = { 3: 'H', 6: 'M', 9: 'U', 12: 'Z' };
const FRIDAY = 5;
const ROLL_DAYS = 8;
const LISTED_QUARTERS = 2;
const MARKET_RULE_ID = 67;
/** Of the last trade date, Chicago. */
const LAST_TRADE_TIME = '08:30';

/** The contract that trades most at `ts`: the nearest quarterly that is more than eight days from its last trade. */
export function frontContract(symbol: ProductSymbol, ts: number): Contract {
  const today = DateTime.fromFormat(centralDate(ts), 'yyyyMMdd', { zone: 'utc' });
  let quarter = DateTime.utc(today.year, Math.ceil(today.month / 3) * 3, 1);
  while (lastTradeDay(quarter).minus({ days: ROLL_DAYS }) <= today) quarter = quarter.plus({ months: 3 });
  return contractOf(symbol, quarter);
}

/** `contract` and the quarterlies that follow it: what is listed, the one with quotes first. */
export function listedFrom(contract: Contract): Contract[] {
  const first = DateTime.fromFormat(contract.contractMonth, 'yyyyMM', { zone: 'utc' });
  return Array.from({ length: LISTED_QUARTERS }, (_, i) =>
    contractOf(contract.symbol, first.plus({ months: 3 * i })),
  );
}

/** When trading in `contract` begins to go over to the next quarterly, and when it ends: epoch ms. */
export function lifeOf(contract: Contract): { rollTs: number; endTs: number } {
  const last = DateTime.fromFormat(contract.lastTradeDate, 'yyyyMMdd', { zone: CENTRAL_ZONE });
  const [hour = 0, minute = 0] = LAST_TRADE_TIME.split(':').map(Number);
  return {
    rollTs: last.minus({ days: ROLL_DAYS }).toMillis(),
    endTs: last.set({ hour, minute }).toMillis(),
  };
}

/** The last trade date of a quarterly: the third Friday of its month (CME rulebook, equity index futures). */
function lastTradeDay(quarter: DateTime): DateTime {
  return nth(3, FRIDAY, quarter.year, quarter.month);
}

function contractOf(symbol: ProductSymbol, quarter: DateTime): Contract {
  if (!QUARTERS.includes(quarter.month))
    throw new RangeError(`${quarter.toISODate()} is not a quarterly month`);
  const contractMonth = quarter.toFormat('yyyyMM');
  return {
    conId: 700_000_000 + SYMBOLS.indexOf(symbol) * 1_000_000 + Number(contractMonth),
    symbol,
    secType: 'FUT',
    lastTradeDate: lastTradeDay(quarter).toFormat('yyyyMMdd'),
    contractMonth,
    multiplier: PRODUCTS[symbol].multiplier,
    exchange: 'CME',
    currency: 'USD',
    localSymbol: `${symbol}${MONTH_LETTER[quarter.month]}${quarter.year % 10}`,
    tradingClass: symbol,
    minTick: MIN_TICK,
  };
}

/** Does `contract` answer the description? Empty text, 0 and what is left out match anything. */
export function matches(contract: Contract, query: ContractQuery): boolean {
  const month = query.lastTradeDateOrContractMonth ?? '';
  return (
    fits(query.conId, contract.conId) &&
    fits(query.symbol, contract.symbol) &&
    fits(query.secType, contract.secType) &&
    (month.length === 6 ? month === contract.contractMonth : fits(month, contract.lastTradeDate)) &&
    fits(query.multiplier, String(contract.multiplier)) &&
    fits(query.exchange, contract.exchange) &&
    fits(query.currency, contract.currency) &&
    fits(query.localSymbol, contract.localSymbol) &&
    fits(query.tradingClass, contract.tradingClass)
  );
}

function fits<T extends string | number>(asked: T | undefined, actual: T): boolean {
  return asked === undefined || asked === '' || asked === 0 || asked === actual;
}

/** What reqContractDetails answers, with the hours of the days from `ts` on. */
export function detailsOf(contract: Contract, calendar: Calendar, ts: number): ContractDetails {
  const { longName, underConId } = PRODUCTS[contract.symbol];
  return {
    contract,
    marketName: contract.symbol,
    longName,
    underConId,
    lastTradeTime: LAST_TRADE_TIME,
    timeZoneId: 'US/Central',
    tradingHours: calendar.tradingHours(ts),
    liquidHours: calendar.liquidHours(ts),
    orderTypes: 'DAY,FOK,GTC,IOC,LMT,MKT,STP,STPLMT,TRAIL',
    validExchanges: contract.exchange,
    marketRuleId: MARKET_RULE_ID,
  };
}
