/** How a fact becomes a line of the feed: a function of the fact and of the names and prices of its instrument. */
import type { Fact } from '../../model/fact';
import type { Instrument } from '../../model/instrument';
import { priceOf } from '../../model/money';
import { priceText } from '../plain';
import type { ActivityLine } from '../words';

/** `kind` where it is not that of its table. */
export type Said = Pick<ActivityLine, 'tone' | 'text'> & { kind?: ActivityLine['kind']; code?: string };

export interface Naming {
  /** What the instrument is called, e.g. `ESZ5`; empty for a fact of no instrument. */
  name: string;
  /** A price in ticks as a price; `-` for none. */
  at(ticks: number | null): string;
}

export type Writer<F> = (fact: F, naming: Naming) => Said | null;
export type Lines = { readonly [T in Fact['type']]?: Writer<Extract<Fact, { type: T }>> };

export function namingOf(fact: Fact, instruments: { readonly [symbol: string]: Instrument }): Naming {
  const instrument = 'symbol' in fact ? instruments[fact.symbol] : undefined;
  const symbol = 'symbol' in fact ? fact.symbol : '';
  return {
    name: instrument?.localSymbol ?? symbol,
    at(ticks) {
      if (ticks === null) return '-';
      return instrument ? priceText(priceOf(ticks, instrument.tickSize)) : `${ticks} ticks`;
    },
  };
}
