/** The latest quote and the last bars of each instrument, and the instrument itself. Nothing here decides anything. */
import { put } from '../model/book';
import type { EngineEvent, Stamped } from '../model/event';
import type { Instrument, Quote } from '../model/instrument';
import { rollText } from '../model/roll';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';
import { disagreements, disagreementText } from '../model/venue';
import { rollNews } from './roll';

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
      return unchanged(withQuotes(state, [received(state, event.quote, stamp)]));
    case 'BarsLoaded':
      return unchanged(
        stateWith(state, { bars: put(state.bars, event.symbol, event.bars.slice(-BARS_KEPT)) }),
      );
    case 'BarClosed': {
      const earlier = (state.bars[event.symbol] ?? []).filter((bar) => bar.ts < event.bar.ts);
      const bars = [...earlier, event.bar].slice(-BARS_KEPT);
      return unchanged(stateWith(state, { bars: put(state.bars, event.symbol, bars) }));
    }
    case 'InstrumentResolved':
      return resolved(state, event.instrument, stamp.ts);
  }
}

function resolved(state: EngineState, instrument: Instrument, ts: number): Outcome {
  const { symbol } = instrument;
  const known = state.instruments[symbol];
  const differing = newlyDiffering(known, instrument, ts);
  const { state: rolled, facts: rolls } = rollNews(state, instrument, ts);
  const alerts = [...differing.map((detail) => `${symbol}, ${detail}`), ...rolls.map(rollText)];
  return {
    state: { ...rolled, instruments: put(state.instruments, symbol, instrument) },
    facts: [
      { type: 'InstrumentResolved', symbol, instrument },
      ...rolls,
      ...differing.map((detail) => ({ type: 'HoursDiffer' as const, symbol, detail })),
    ],
    commands: alerts.map((text) => ({ type: 'SendAlert', severity: 'warning', text })),
  };
}

/** Everything that a quote says, compared with the last one: repetition is not change. */
function received(
  state: EngineState,
  quote: Omit<Quote, 'ts' | 'hostMs' | 'changedHostMs'>,
  { ts, hostMs }: { ts: number; hostMs: number },
): Quote {
  const known = state.market.quotes[quote.symbol];
  const same =
    known !== undefined &&
    known.bidTicks === quote.bidTicks &&
    known.askTicks === quote.askTicks &&
    known.lastTicks === quote.lastTicks &&
    known.bidSize === quote.bidSize &&
    known.askSize === quote.askSize;
  const { symbol, bidTicks, askTicks, lastTicks, bidSize, askSize } = quote;
  const changedHostMs = same ? (known.changedHostMs ?? known.hostMs) : hostMs;
  return { symbol, bidTicks, askTicks, lastTicks, bidSize, askSize, ts, hostMs, changedHostMs };
}

/** Hours are told anew several times a day: a difference is news once. */
function newlyDiffering(known: Instrument | undefined, told: Instrument, ts: number): readonly string[] {
  const said = new Set(known ? disagreements(known, ts).map(({ toTs }) => toTs) : []);
  return disagreements(told, ts)
    .filter(({ toTs }) => !said.has(toTs))
    .map(disagreementText);
}

/** Also how a replay restores the quotes that a journaled step saw. */
export function withQuotes(state: EngineState, quotes: readonly Quote[]): EngineState {
  if (quotes.length === 0) return state;
  const known = { ...state.market.quotes };
  for (const quote of quotes) known[quote.symbol] = quote;
  return stateWith(state, { market: { quotes: known } });
}
