/** Contract details -> the instrument that the engine trades, and how requests name it. */
import { type Contract, type ContractDetails, SecType } from '@stoqey/ib';
import { z } from 'zod';
import type { Instrument } from '../../../engine/model/instrument';
import { sessionsOf } from './sessions';
import { EXCHANGE_ZONE, endOfExchangeDay } from './time';

const schema = z.object({
  contract: z.object({
    conId: z.number().int().positive(),
    symbol: z.string().min(1),
    localSymbol: z.string().min(1),
    exchange: z.string().min(1),
    currency: z.string().min(1),
    multiplier: z.coerce.number().positive(),
    lastTradeDateOrContractMonth: z.string(),
  }),
  minTick: z.number().positive(),
  timeZoneId: z.string().optional(),
  tradingHours: z.string().default(''),
});

/**
 * The tick is the one of the contract details: `tickReqParams.minTick` is decoded as an integer by the client and reads 0 for 0.25.
 * @returns null when the details lack what a rule needs.
 */
export function instrumentOf(details: ContractDetails): Instrument | null {
  const parsed = schema.safeParse(details);
  if (!parsed.success) return null;
  const { contract, minTick, timeZoneId, tradingHours } = parsed.data;
  const lastTradeTs = endOfExchangeDay(contract.lastTradeDateOrContractMonth);
  if (lastTradeTs === null) return null;
  return {
    symbol: contract.symbol,
    localSymbol: contract.localSymbol,
    conId: contract.conId,
    exchange: contract.exchange,
    currency: contract.currency,
    tickSize: minTick,
    multiplier: contract.multiplier,
    lastTradeTs,
    sessions: sessionsOf(tradingHours, timeZoneId || EXCHANGE_ZONE),
  };
}

/** The question "which months are there". */
export function futureQuery(symbol: string): Contract {
  return { symbol, secType: SecType.FUT, exchange: 'CME', currency: 'USD' };
}

/** One month, beyond doubt: a concrete contract id, never a continuous future (whose stops may never trigger on paper). */
export function contractOf(instrument: Instrument): Contract {
  return {
    conId: instrument.conId,
    symbol: instrument.symbol,
    secType: SecType.FUT,
    exchange: instrument.exchange,
    currency: instrument.currency,
    localSymbol: instrument.localSymbol,
  };
}
