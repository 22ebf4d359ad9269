/** The latest quote and the last bars of each instrument, and the instrument itself. Nothing here decides anything. */
import { put } from '../model/book';
import type { EngineEvent, Stamped } from '../model/event';
import type { Quote } from '../model/instrument';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

/** Four hours: enough for the advisor and the chart. */
const BARS_KEPT = 240;

type MarketEvent = Extract<
  EngineEvent,
  { type: 'InstrumentResolved' | 'QuoteReceived' | 'BarsLoaded' | 'BarClosed' }
>;

export function marketChanged(state: EngineState, stamp: Stamped<MarketEvent>): Outcome {
  const { event } = stamp;
  switch (event.type) {
    case 'QuoteReceived':
      return unchanged(withQuotes(state, [{ ...event.quote, ts: stamp.ts, hostMs: stamp.hostMs }]));
    case 'BarsLoaded':
      return unchanged({ ...state, bars: put(state.bars, event.symbol, event.bars.slice(-BARS_KEPT)) });
    case 'BarClosed': {
      const earlier = (state.bars[event.symbol] ?? []).filter((bar) => bar.ts < event.bar.ts);
      return unchanged({
        ...state,
        bars: put(state.bars, event.symbol, [...earlier, event.bar].slice(-BARS_KEPT)),
      });
    }
    case 'InstrumentResolved': {
      const { instrument } = event;
      return {
        state: { ...state, instruments: put(state.instruments, instrument.symbol, instrument) },
        facts: [{ type: 'InstrumentResolved', symbol: instrument.symbol, instrument }],
        commands: [],
      };
    }
  }
}

/** Also how a replay restores the quotes that a journaled step saw. */
export function withQuotes(state: EngineState, quotes: readonly Quote[]): EngineState {
  if (quotes.length === 0) return state;
  const known = { ...state.market.quotes };
  for (const quote of quotes) known[quote.symbol] = quote;
  return { ...state, market: { quotes: known } };
}
