/**
 * Positions compared. One disagreement may be a report that crossed a fill: it is asked again. Two in a row are real:
 * what the broker holds is adopted or what it no longer holds is closed, entries stop, and a person is told.
 */
import { askReport } from '../model/asking';
import { openCycles, positionOf, settlingOrders } from '../model/book';
import type { BrokerReport } from '../model/broker';
import type { Command } from '../model/command';
import { isOverclosed, netQuantity } from '../model/cycle';
import type { Fact } from '../model/fact';
import type { Fill } from '../model/fill';
import type { EngineState, Reconciliation } from '../model/state';
import { type Outcome, unchanged } from '../model/step';
import { withoutDoubt } from './doubt';
import { isOldNews } from './left';
import { type RepairStamp, repairsOf, transfersOf } from './repairs';

const ROUNDS_BEFORE_REPAIR = 2;
/** Executions that a status promised are waited for so many reports (IB's gateway forgets them at midnight). */
const ROUNDS_OF_SETTLING = 5;

export interface Comparison {
  outcome: Outcome;
  /** Fills that make our book say what the broker says, to be applied like executions. */
  repairs: readonly Fill[];
}

export function comparePositions(state: EngineState, report: BrokerReport, stamp: RepairStamp): Comparison {
  const symbols = Object.keys(state.instruments);
  const unequal = symbols.filter((symbol) => brokerQuantity(report, symbol) !== positionOf(state, symbol));
  const old = unequal.filter((symbol) =>
    isOldNews(state, symbol, brokerQuantity(report, symbol), stamp.hostMs),
  );
  const differing = unequal.filter((symbol) => !old.includes(symbol));
  const settling = settlingOrders(state).length > 0;
  if (differing.length === 0 && old.length > 0 && !settling) {
    return { outcome: late(state, report, old, stamp.hostMs), repairs: [] };
  }
  if (differing.length === 0 && !settling) {
    const overclosed = openCycles(state).filter(isOverclosed);
    const transfers = overclosed.flatMap((cycle) => transfersOf(state, cycle, stamp));
    if (transfers.length === 0) return { outcome: clean(state, report, 0, stamp.hostMs), repairs: [] };
    const text = `More was closed than was held: ${overclosed.map((cycle) => `${cycle.symbol} ${netQuantity(cycle)}`).join(', ')}.`;
    return repaired(state, report, { transfers, facts: [], text, old }, stamp);
  }

  const round = state.reconciliation.round + 1;
  const facts: Fact[] = differing.map((symbol) => ({
    type: 'ReconcileMismatch',
    symbol,
    ours: positionOf(state, symbol),
    brokers: brokerQuantity(report, symbol),
    round,
  }));
  if (round < (settling ? ROUNDS_OF_SETTLING : ROUNDS_BEFORE_REPAIR)) {
    return {
      outcome: again(state, report, { round, facts, disputed: unequal }, stamp.hostMs),
      repairs: [],
    };
  }
  const { state: settled, facts: doubts } = withoutDoubt(state);
  const transfers = differing.flatMap((symbol) => {
    const position = report.positions.find((held) => held.symbol === symbol);
    return repairsOf(
      settled,
      { symbol, quantity: position?.quantity ?? 0, averageTicks: position?.averageTicks ?? 0 },
      stamp,
    );
  });
  const text = `Book and broker disagree: ${differing.map((symbol) => `${symbol} ours ${positionOf(state, symbol)}, broker ${brokerQuantity(report, symbol)}`).join('; ')}`;
  return repaired(settled, report, { transfers, facts: [...facts, ...doubts], text, old }, stamp);
}

function repaired(
  state: EngineState,
  report: BrokerReport,
  found: { transfers: readonly Fill[]; facts: readonly Fact[]; text: string; old: readonly string[] },
  stamp: RepairStamp,
): Comparison {
  const { transfers: repairs, facts, text, old } = found;
  const adjusted: Fact[] = repairs.flatMap((fill) => {
    const { cycleId, symbol } = fill;
    const quantity = (fill.side === 'BUY' ? 1 : -1) * fill.quantity;
    return state.cycles[cycleId]
      ? [{ type: 'PositionAdjusted' as const, cycleId, symbol, quantity, why: text }]
      : [];
  });
  const alert: Command = { type: 'SendAlert', severity: 'critical', text };
  const cleaned =
    old.length > 0
      ? late(state, report, old, stamp.hostMs)
      : clean(state, report, repairs.length, stamp.hostMs);
  return {
    outcome: {
      state: cleaned.state,
      facts: [...facts, ...adjusted, ...cleaned.facts],
      commands: repairs.length > 0 ? [alert] : [],
    },
    repairs,
  };
}

/** Where the broker holds all that we count and more, what we count is there: it is protected whatever becomes of the rest (L1). */
function phantomsOf(
  state: EngineState,
  report: BrokerReport,
  disputed: readonly string[],
): readonly string[] {
  return disputed.filter((symbol) => {
    const ours = positionOf(state, symbol);
    const brokers = brokerQuantity(report, symbol);
    return Math.sign(ours) * brokers < Math.abs(ours);
  });
}

function brokerQuantity(report: BrokerReport, symbol: string): number {
  return report.positions.find((position) => position.symbol === symbol)?.quantity ?? 0;
}

function clean(state: EngineState, report: BrokerReport, repairs: number, hostMs: number): Outcome {
  const was = state.reconciliation.phase;
  const held = report.positions.filter((position) => position.quantity !== 0).length;
  const fact: Fact = { type: 'Reconciled', positions: held, openOrders: report.openOrders.length, repairs };
  const compared = { phase: 'clean' as const, round: 0, disputed: [], phantom: [], comparedHostMs: hostMs };
  return {
    state: { ...state, reconciliation: { ...answered(state, report), ...compared } },
    facts: was === 'clean' && repairs === 0 ? [] : [fact],
    commands: [],
  };
}

/** Only old news: nothing is repaired and nothing is sent for it, and the question is put again in a while. */
function late(
  state: EngineState,
  report: BrokerReport,
  disputed: readonly string[],
  hostMs: number,
): Outcome {
  const phantom = phantomsOf(state, report, disputed);
  const compared = { phase: 'mismatch' as const, round: 0, disputed, phantom, comparedHostMs: hostMs };
  return unchanged({ ...state, reconciliation: { ...answered(state, report), ...compared } });
}

/** The second look is asked for at once; later ones at the pace of `askAgain`. */
function again(
  state: EngineState,
  report: BrokerReport,
  found: { round: number; facts: readonly Fact[]; disputed: readonly string[] },
  hostMs: number,
): Outcome {
  const { round, facts, disputed } = found;
  const phantom = phantomsOf(state, report, disputed);
  const compared = { phase: 'mismatch' as const, round, disputed, phantom, comparedHostMs: hostMs };
  const next: EngineState = { ...state, reconciliation: { ...answered(state, report), ...compared } };
  const askNow = round === 1 && next.reconciliation.requests.length === 0;
  return askNow ? { ...askReport(next, hostMs), facts } : { state: next, facts, commands: [] };
}

function answered(state: EngineState, report: BrokerReport): Reconciliation {
  const { reconciliation } = state;
  const requests = reconciliation.requests.filter((request) => request.requestId > report.requestId);
  return { ...reconciliation, requests };
}

const ASK_AGAIN_MS = 2_000;
/** Of a trade in TWS this client hears nothing: the book is compared so often that it is found within 30 s (L3). */
const COMPARE_EVERY_MS = 25_000;

/** A report that never came is asked for again: one lost reply must not leave the engine waiting for ever. */
export function askAgain(state: EngineState, hostMs: number): Outcome {
  const { requests, phase, comparedHostMs } = state.reconciliation;
  const open = requests.length > 0 || phase === 'mismatch';
  const lastHostMs = requests.at(-1)?.hostMs ?? comparedHostMs ?? 0;
  const due = hostMs - lastHostMs >= (open ? ASK_AGAIN_MS : COMPARE_EVERY_MS);
  return due && state.link.phase === 'connected' ? askReport(state, hostMs) : unchanged(state);
}
