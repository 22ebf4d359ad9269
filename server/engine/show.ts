/** State -> what the console shows. With `step.ts` the only file that may look into several stages. */
import { driftTicks } from './advisory/decide';
import { evaluateGuards } from './guard/pipeline';
import { healthChecks } from './halt/health';
import { isRunning } from './model/book';
import { lossTodayMicros } from './model/daybook';
import { type Instrument, sessionAt } from './model/instrument';
import { priceOf } from './model/money';
import type { EngineState } from './model/state';
import { disagreements, disagreementText, venueAt } from './model/venue';
import { bookProtection, bracketsView, foreignOrdersView, positionsView } from './view/positions';
import { proposalsView } from './view/proposals';
import type {
  ActivityLine,
  ChartBar,
  DayView,
  InstrumentView,
  ModeView,
  VenueView,
  View,
} from './view/words';

const NO_MODE: ModeView = { mode: 'Halted', since: 0, by: 'engine', why: 'unknown' };

export interface ShownAt {
  seq: number;
  ts: number;
  hostMs: number;
}

export function show(
  state: EngineState,
  at: ShownAt,
  activity: readonly ActivityLine[],
  bars: View['bars'],
): View {
  const positions = positionsView(state, at.ts);
  const { '*': mode = NO_MODE, ...symbolModes } = shownModes(state);
  return {
    ...at,
    venue: venueView(state),
    mode,
    symbolModes,
    protection: bookProtection(positions),
    instruments: Object.values(state.instruments).map((instrument) =>
      instrumentView(state, instrument, at.ts),
    ),
    positions,
    brackets: bracketsView(state),
    foreignOrders: foreignOrdersView(state),
    proposals: proposalsView(state, (proposal) => {
      const cycle = state.cycles[proposal.cycleId];
      return {
        results: cycle ? evaluateGuards(state, cycle, at) : [],
        driftTicks: driftTicks(state, proposal),
      };
    }),
    flatten: state.flatten,
    day: dayView(
      state,
      positions.reduce((sum, position) => sum + (position.openMicros ?? 0), 0),
    ),
    health: healthChecks(state, at),
    journal: state.journal,
    activity,
    bars,
  };
}

/** A flatten that runs is a mode of its own, the strictest, in its scope. */
function shownModes(state: EngineState): Readonly<Record<string, ModeView>> {
  const { flatten } = state;
  if (!isRunning(flatten)) return state.modes;
  const { by, why, startedTs: since } = flatten;
  const mode: ModeView = { mode: 'Flattening', since, by, why };
  return { ...state.modes, ...Object.fromEntries(flatten.scope.split('+').map((scope) => [scope, mode])) };
}

function venueView(state: EngineState): VenueView {
  const { link, reconciliation } = state;
  return {
    paper: link.paper,
    account: link.account,
    phase: link.phase,
    detail: link.detail,
    sinceHostMs: link.sinceHostMs,
    serverVersion: link.serverVersion,
    reconciled: reconciliation.phase === 'clean',
    reconcileRound: Math.max(0, ...Object.values(reconciliation.rounds)),
    foreignOrders: reconciliation.foreignOrders.length,
    farms: Object.entries(state.feed.farms).map(([name, farm]) => ({ name, ...farm })),
  };
}

function instrumentView(state: EngineState, instrument: Instrument, ts: number): InstrumentView {
  const quote = state.market.quotes[instrument.symbol];
  const price = (ticks: number | null | undefined) =>
    ticks == null ? null : priceOf(ticks, instrument.tickSize);
  const open = sessionAt(instrument, ts);
  const differ = disagreements(instrument, ts)[0];
  const nextOpen = instrument.sessions.find((session) => session.openTs > ts);
  return {
    symbol: instrument.symbol,
    localSymbol: instrument.localSymbol,
    tickSize: instrument.tickSize,
    tickValueMicros: Math.round(instrument.tickSize * instrument.multiplier * 1_000_000),
    bid: price(quote?.bidTicks),
    ask: price(quote?.askTicks),
    last: price(quote?.lastTicks),
    quoteHostMs: quote?.hostMs ?? null,
    refusal: state.feed.refusals[instrument.symbol] ?? null,
    roll: instrument.roll ?? null,
    sessionOpen: venueAt(instrument, ts).open,
    hoursDiffer: differ === undefined ? null : disagreementText(differ),
    sessionChangesTs: open ? open.closeTs : (nextOpen?.openTs ?? null),
  };
}

function dayView(state: EngineState, openMicros: number): DayView {
  const { day, limits } = state;
  return {
    date: day.date,
    realizedMicros: day.realizedMicros,
    openMicros,
    commissionMicros: day.commissionMicros,
    entries: day.entries,
    won: day.won,
    lost: day.lost,
    denied: day.denied,
    waited: day.waited,
    worstDrawdownMicros: day.worstDrawdownMicros,
    lossLeftMicros: Math.max(0, limits.maxDailyLossMicros - lossTodayMicros(state)),
    equity: day.equity,
  };
}

/** The chart's bars of one instrument, prices decimal. */
export function chartBars(state: EngineState, symbol: string): readonly ChartBar[] {
  const tickSize = state.instruments[symbol]?.tickSize;
  if (tickSize === undefined) return [];
  return (state.bars[symbol] ?? []).map((bar) => ({
    ts: bar.ts,
    open: priceOf(bar.openTicks, tickSize),
    high: priceOf(bar.highTicks, tickSize),
    low: priceOf(bar.lowTicks, tickSize),
    close: priceOf(bar.closeTicks, tickSize),
    volume: bar.volume,
  }));
}
