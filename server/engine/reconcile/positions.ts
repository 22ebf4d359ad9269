/**
 * Positions compared. One disagreement may be a report that crossed a fill: it is asked again. The same twice in a row is real:
 * what the broker holds is adopted or what it no longer holds is closed, entries stop, and a person is told.
 */
import { askedAt, askReport } from '../model/asking';
import { liveOrders, openCycles, positionOf } from '../model/book';
import { type BrokerPosition, type BrokerReport, brokerQuantity } from '../model/broker';
import type { Command } from '../model/command';
import { type Cycle, isOverclosed, netQuantity } from '../model/cycle';
import type { Fact } from '../model/fact';
import type { Fill } from '../model/fill';
import type { ById } from '../model/ids';
import { signOf } from '../model/order';
import { reconciliationWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';
import { withoutDoubt } from './doubt';
import { isOldNews } from './left';
import { phantomsOf } from './phantoms';
import { type RepairStamp, repairsOf, transfersOf } from './repairs';
import { dueSymbols, roundsWith } from './rounds';

export interface Comparison {
  outcome: Outcome;
  /** Fills that make our book say what the broker says, to be applied like executions. */
  repairs: readonly Fill[];
}

export function comparePositions(state: EngineState, report: BrokerReport, stamp: RepairStamp): Comparison {
  const { hostMs } = stamp;
  const { differing, old } = differences(state, report, hostMs);
  const by = Object.fromEntries(
    differing.map((symbol) => [symbol, brokerQuantity(report, symbol) - positionOf(state, symbol)]),
  );
  const rounds = roundsWith(state, by);
  const due = dueSymbols(state, rounds);
  const { state: settled, facts: doubts } = withoutDoubt(state, due);
  const repaired = differing.filter((symbol) => due.includes(symbol));
  const overclosed = openCycles(state).filter(
    (cycle) => isOverclosed(cycle) && rounds[cycle.symbol] === undefined && !old.includes(cycle.symbol),
  );
  const repairs = [
    ...repaired.flatMap((symbol) => repairsOf(settled, positionIn(report, symbol), stamp)),
    ...overclosed.flatMap((cycle) => transfersOf(settled, cycle, stamp)),
  ];
  const text = textOf(state, report, repaired, overclosed);
  const open = Object.fromEntries(Object.entries(rounds).filter(([symbol]) => !due.includes(symbol)));
  const disputed = [...differing.filter((symbol) => !due.includes(symbol)), ...old];
  const compared = withComparison(
    settled,
    report,
    { rounds: open, differences: by, disputed, repairs: repairs.length },
    hostMs,
  );
  const mismatches = differing.map((symbol) => mismatch(state, report, symbol, rounds[symbol] ?? 0));
  const alert: Command = { type: 'SendAlert', severity: 'critical', text };
  return {
    outcome: {
      state: compared.state,
      facts: [...mismatches, ...doubts, ...adjusted(state, repairs, text), ...compared.facts],
      commands: [...(repairs.length > 0 ? [alert] : []), ...compared.commands],
    },
    repairs,
  };
}

/** Where our position is not the broker's: `old` where it is one that we had a moment ago. */
function differences(
  state: EngineState,
  report: BrokerReport,
  hostMs: number,
): { differing: readonly string[]; old: readonly string[] } {
  const unequal = Object.keys(state.instruments).filter(
    (symbol) => brokerQuantity(report, symbol) !== positionOf(state, symbol),
  );
  const old = unequal.filter((symbol) => isOldNews(state, symbol, brokerQuantity(report, symbol), hostMs));
  return { differing: unequal.filter((symbol) => !old.includes(symbol)), old };
}

function positionIn(report: BrokerReport, symbol: string): BrokerPosition {
  const known = report.positions.find((position) => position.symbol === symbol);
  return known ?? { symbol, quantity: 0, averageTicks: 0 };
}

function mismatch(state: EngineState, report: BrokerReport, symbol: string, round: number): Fact {
  const [ours, brokers] = [positionOf(state, symbol), brokerQuantity(report, symbol)];
  return { type: 'ReconcileMismatch', symbol, ours, brokers, round };
}

function textOf(
  state: EngineState,
  report: BrokerReport,
  repaired: readonly string[],
  overclosed: readonly Cycle[],
): string {
  const differ = repaired.map(
    (symbol) => `${symbol} ours ${positionOf(state, symbol)}, broker ${brokerQuantity(report, symbol)}`,
  );
  const over = overclosed.map((cycle) => `${cycle.symbol} ${netQuantity(cycle)}`);
  return [
    ...(differ.length > 0 ? [`Book and broker disagree: ${differ.join('; ')}`] : []),
    ...(over.length > 0 ? [`More was closed than was held: ${over.join(', ')}.`] : []),
  ].join('. ');
}

function adjusted(state: EngineState, repairs: readonly Fill[], why: string): readonly Fact[] {
  return repairs.flatMap(({ cycleId, symbol, side, quantity }) => {
    const signed = signOf(side) * quantity;
    return state.cycles[cycleId]
      ? [{ type: 'PositionAdjusted' as const, cycleId, symbol, quantity: signed, why }]
      : [];
  });
}

/** Clean where nothing is left to be asked. The second look is asked for at once; later ones at the pace of `askAgain`. */
function withComparison(
  state: EngineState,
  report: BrokerReport,
  left: { rounds: ById<number>; differences: ById<number>; disputed: readonly string[]; repairs: number },
  hostMs: number,
): Outcome {
  const { rounds, differences, disputed, repairs } = left;
  const { reconciliation: was } = state;
  const clean = Object.keys(rounds).length === 0 && disputed.length === 0;
  const reconciliation = reconciliationWith(was, {
    phase: clean ? 'clean' : 'mismatch',
    requests: was.requests.filter((request) => request.requestId > report.requestId),
    rounds,
    differences,
    disputed,
    phantom: phantomsOf(state, report, disputed),
    comparedHostMs: hostMs,
    answeredHostMs: askedAt(state, report.requestId),
  });
  const next: EngineState = stateWith(state, { reconciliation });
  if (clean) {
    const positions = report.positions.filter((position) => position.quantity !== 0).length;
    const fact: Fact = { type: 'Reconciled', positions, openOrders: report.openOrders.length, repairs };
    return { state: next, facts: was.phase === 'clean' && repairs === 0 ? [] : [fact], commands: [] };
  }
  const askNow = Object.values(rounds).includes(1) && reconciliation.requests.length === 0;
  return askNow ? askReport(next, hostMs) : unchanged(next);
}

const ASK_AGAIN_MS = 2_000;
/** Of a trade in TWS this client hears nothing: the book is compared so often that it is found within 30 s (L3). */
const COMPARE_EVERY_MS = 25_000;
/** Of a stop or target under another client id it hears nothing either, and they may fill at any time. */
const COMPARE_OUT_OF_REACH_EVERY_MS = 5_000;

/** A report that never came is asked for again: one lost reply must not leave the engine waiting for ever. */
export function askAgain(state: EngineState, hostMs: number): Outcome {
  const { requests, phase, comparedHostMs } = state.reconciliation;
  const open = requests.length > 0 || phase === 'mismatch';
  const lastHostMs = requests.at(-1)?.hostMs ?? comparedHostMs ?? 0;
  const everyMs = liveOrders(state).some((order) => order.outOfReach)
    ? COMPARE_OUT_OF_REACH_EVERY_MS
    : COMPARE_EVERY_MS;
  const due = hostMs - lastHostMs >= (open ? ASK_AGAIN_MS : everyMs);
  return due && state.link.phase === 'connected' ? askReport(state, hostMs) : unchanged(state);
}
