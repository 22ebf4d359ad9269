/** The instruments resolved so far, by root and by contract id. Kept over reconnects: an execution may come before the contracts do. */
import type { Contract } from '@stoqey/ib';
import type { Instrument } from '../../engine/model/instrument';

export interface Instruments {
  set(instrument: Instrument, hostMs: number): void;
  /** When its month was changed last (host time, ms); null when it never was. */
  rolledHostMs(symbol: string): number | null;
  bySymbol(symbol: string): Instrument | null;
  /** The instrument that is exactly this contract; another month of the same root is not. */
  of(contract: Contract): Instrument | null;
}

/** @param known from the journal: a position must be protected before the broker has described its contract again. */
export function createInstruments(known: readonly Instrument[] = []): Instruments {
  const table = new Map(known.map((instrument) => [instrument.symbol, instrument]));
  const rolled = new Map<string, number>();
  return {
    set: (instrument, hostMs) => {
      const known = table.get(instrument.symbol);
      if (known !== undefined && known.conId !== instrument.conId) rolled.set(instrument.symbol, hostMs);
      table.set(instrument.symbol, instrument);
    },
    rolledHostMs: (symbol) => rolled.get(symbol) ?? null,
    bySymbol: (symbol) => table.get(symbol) ?? null,
    of: (contract) => {
      const instrument = contract.symbol === undefined ? undefined : table.get(contract.symbol);
      return instrument !== undefined && instrument.conId === contract.conId ? instrument : null;
    },
  };
}
