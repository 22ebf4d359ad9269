/** Another month of the same root: said three days ahead, said again when it is late, and when it comes the prices of the old one are forgotten. */
import { put, without } from '../model/book';
import type { Instrument } from '../model/instrument';
import type { RollFact } from '../model/roll';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';

const AHEAD_MS = 3 * 86_400_000;

/** @param ts exchange time. A difference of fifty points between two months must not be taken for a move of the market. */
export function rollNews(
  state: EngineState,
  instrument: Instrument,
  ts: number,
): { state: EngineState; facts: readonly RollFact[] } {
  const { symbol, localSymbol } = instrument;
  const known = state.instruments[symbol];
  const facts: RollFact[] = [];
  let next = state;
  if (known !== undefined && known.conId !== instrument.conId) {
    facts.push({ type: 'ContractRolled', symbol, from: known.localSymbol, to: localSymbol });
    next = stateWith(next, {
      market: { quotes: without(next.market.quotes, symbol) },
      bars: without(next.bars, symbol),
    });
  }
  const { roll } = instrument;
  if (roll === undefined || ts < roll.atTs - AHEAD_MS) return { state: next, facts };
  const late = ts >= roll.atTs;
  const told = `${localSymbol} ${late ? 'late' : 'ahead'}`;
  if (next.rollsTold[symbol] === told) return { state: next, facts };
  facts.push({ type: 'RollAhead', symbol, from: localSymbol, to: roll.to, atTs: roll.atTs, late });
  return { state: stateWith(next, { rollsTold: put(next.rollsTold, symbol, told) }), facts };
}
