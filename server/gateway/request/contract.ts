/** The contract as requests carry it: 12 fields, any of which may be empty. */
import type { ContractQuery } from '../../exchange/words';
import type { Fields } from '../wire/fields';

/**
 * Reads the 12 contract fields that begin at `start`; strike, right and primary exchange say nothing about a future.
 * Some clients give a last trade date back as contractDetails gave it to them, hour and zone included: the day counts.
 */
export function readContract(fields: Fields, start: number): ContractQuery {
  return {
    conId: fields.integer(start),
    symbol: fields.text(start + 1),
    secType: fields.text(start + 2),
    lastTradeDateOrContractMonth: fields.text(start + 3).split(' ', 1)[0],
    multiplier: fields.text(start + 6),
    exchange: fields.text(start + 7),
    currency: fields.text(start + 9),
    localSymbol: fields.text(start + 10),
    tradingClass: fields.text(start + 11),
  };
}
