/** Entries need the trading mode `Active`, globally and for the instrument (architecture, section 5). */
import { strictestMode } from '../model/book';
import { type Guard, verdict } from './input';

export const tradingMode: Guard = ({ state, cycle }) => {
  const mode = strictestMode(state, cycle.symbol);
  return verdict(mode === 'Active', {
    guard: 'Trading mode',
    code: mode === 'Halted' || mode === 'Flattening' ? 'TRADING_HALTED' : 'ENTRIES_HALTED',
    observed: mode,
    relation: '=',
    limit: 'Active',
    unit: 'state',
  });
};
