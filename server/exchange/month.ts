// The months of an invented future: one leads, the next trades a little beside it and takes over eight days before the last trade.
import { frontContract, lifeOf, listedFrom } from './contracts';
import type { Contract, ProductSymbol } from './words';

export interface Month {
  readonly contract: Contract;
  /** Most is traded in it between these two, epoch ms. */
  readonly leadsFromTs: number;
  readonly leadsToTs: number;
  /** Its last trade, epoch ms. */
  readonly endTs: number;
  /** How much dearer it is than the first of the months: ticks. */
  readonly carryTicks: number;
}

/** A quarter's interest less its dividends, of the price: a round figure of the right size. */
const CARRY = 0.009;
/** How often a month trades that does not lead. */
const BESIDE = 0.02;

/** What is listed of `symbol` at `ts`, the one that leads first. @param priceTicks of the first */
export function monthsOf(symbol: ProductSymbol, ts: number, priceTicks: number): Month[] {
  let leadsFromTs = Number.NEGATIVE_INFINITY;
  return listedFrom(frontContract(symbol, ts)).map((contract, index) => {
    const { rollTs, endTs } = lifeOf(contract);
    const carryTicks = Math.round(index * priceTicks * CARRY);
    const month = { contract, leadsFromTs, leadsToTs: rollTs, endTs, carryTicks };
    leadsFromTs = rollTs;
    return month;
  });
}

export const leads = ({ leadsFromTs, leadsToTs }: Month, ts: number): boolean =>
  ts >= leadsFromTs && ts < leadsToTs;

/** Against a month that leads. */
export const shareOf = (month: Month, ts: number): number => (leads(month, ts) ? 1 : BESIDE);
