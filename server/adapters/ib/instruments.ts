/** The instruments resolved so far, by root and by contract id. Kept over reconnects: an execution may come before the contracts do. */
import type { Contract } from '@stoqey/ib';
import type { Instrument } from '../../engine/model/instrument';

export interface Instruments {
  set(instrument: Instrument): void;
  bySymbol(symbol: string): Instrument | null;
  /** The instrument that is exactly this contract; another month of the same root is not. */
  of(contract: Contract): Instrument | null;
}

/** @param known from the journal: a position must be protected before the broker has described its contract again. */
export function createInstruments(known: readonly Instrument[] = []): Instruments {
  const table = new Map(known.map((instrument) => [instrument.symbol, instrument]));
  return {
    set: (instrument) => table.set(instrument.symbol, instrument),
    bySymbol: (symbol) => table.get(symbol) ?? null,
    of: (contract) => {
      const instrument = contract.symbol === undefined ? undefined : table.get(contract.symbol);
      return instrument !== undefined && instrument.conId === contract.conId ? instrument : null;
    },
  };
}
