/** The instruments resolved so far, by root and by contract id. Kept over reconnects: an execution may come before the contracts do. */
import type { Contract } from '@stoqey/ib';
import type { Instrument } from '../../engine/model/instrument';

export interface Instruments {
  set(instrument: Instrument): void;
  bySymbol(symbol: string): Instrument | null;
  /** The instrument that is exactly this contract; another month of the same root is not. */
  of(contract: Contract): Instrument | null;
}

export function createInstruments(): Instruments {
  const table = new Map<string, Instrument>();
  return {
    set: (instrument) => table.set(instrument.symbol, instrument),
    bySymbol: (symbol) => table.get(symbol) ?? null,
    of: (contract) => {
      const instrument = contract.symbol === undefined ? undefined : table.get(contract.symbol);
      return instrument !== undefined && instrument.conId === contract.conId ? instrument : null;
    },
  };
}
