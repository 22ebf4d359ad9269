/**
 * Exits: a wish that stays until the cycle is flat, pursued as a level. Size and side come from the position, never from a signal;
 * one closing order at a time; it joins the bracket's own OCA group, so that the broker cannot fill both.
 * An exit is never suppressed as a duplicate (F06) and never copied beside a live one (F02): a retry is the next step of an escalation.
 */
import {
  entriesBeside,
  isDisputed,
  maySend,
  openCycles,
  ordersOf,
  settlingOrders,
  withCycle,
} from '../model/book';
import { hasUntoldFill } from '../model/closing-group';
import {
  type Cycle,
  type ExitIntent,
  type Exiting,
  type ExitReason,
  isExiting,
  isOverclosed,
  netQuantity,
} from '../model/cycle';
import type { Fact } from '../model/fact';
import type { CycleId } from '../model/ids';
import { isLive, isSettling } from '../model/order';
import { cancelOrder, isCancelOverdue } from '../model/placing';
import { cycleWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';
import { mayExitAt } from '../model/venue';
import { nextAttempt } from './attempt';
import { pushOn } from './push';

interface Wish {
  reason: ExitReason;
  by: string;
  why: string;
}

/** Whoever asks for these does not bargain about a tick. */
const AT_MARKET: ReadonlySet<ExitReason> = new Set(['operator', 'flatten', 'emergency']);

/** @returns nothing at all when the cycle holds nothing and nothing of it can still fill. */
export function requestExit(state: EngineState, cycleId: CycleId, wish: Wish, hostMs: number): Outcome {
  const cycle = state.cycles[cycleId];
  if (!cycle || !hasSomethingToClose(state, cycle)) return unchanged(state);
  const outcome = cycle.exit
    ? repeated(state, cycle, cycle.exit, wish, hostMs)
    : begun(state, cycle, wish, hostMs);
  if (wish.reason !== 'emergency') return outcome;
  const text = `EMERGENCY EXIT of ${Math.abs(netQuantity(cycle))} ${cycle.symbol}: ${wish.why}`;
  return { ...outcome, commands: [{ type: 'SendAlert', severity: 'critical', text }] };
}

function begun(state: EngineState, cycle: Cycle, wish: Wish, hostMs: number): Outcome {
  const { cycleId, symbol } = cycle;
  const step = AT_MARKET.has(wish.reason) ? ('market' as const) : ('limit' as const);
  const exit = { ...wish, requestedHostMs: hostMs, step, steppedHostMs: hostMs, attempts: 0, moves: 0 };
  return {
    state: withCycle(state, cycleWith(cycle, { exit })),
    facts: [{ type: 'ExitRequested', cycleId, symbol, ...wish }],
    commands: [],
  };
}

/** The first wish stands; one that does not bargain makes it go to the market. */
function repeated(
  state: EngineState,
  cycle: Cycle,
  exit: ExitIntent,
  { reason, by, why }: Wish,
  hostMs: number,
): Outcome {
  const { cycleId, symbol } = cycle;
  const again: Fact = { type: 'ExitRepeated', cycleId, symbol, by, why };
  if (exit.step === 'market' || !AT_MARKET.has(reason)) return { state, facts: [again], commands: [] };
  const stepped: Fact = { type: 'ExitStepped', cycleId, symbol, step: 'market', limitTicks: null, why };
  return {
    state: withCycle(state, cycleWith(cycle, { exit: { ...exit, step: 'market', steppedHostMs: hostMs } })),
    facts: [again, stepped],
    commands: [],
  };
}

function hasSomethingToClose(state: EngineState, cycle: Cycle): boolean {
  if (cycle.phase !== 'entering' && cycle.phase !== 'open') return false;
  const orders = ordersOf(state, cycle.cycleId);
  const entering = orders.some((order) => !order.spec.reduceOnly && isLive(order));
  return netQuantity(cycle) !== 0 || entering || orders.some(isSettling);
}

export function pursueExits(state: EngineState, ts: number, hostMs: number): Outcome {
  if (!maySend(state)) return unchanged(state);
  const wanted = openCycles(state).filter(isExiting);
  return chain(
    state,
    ...wanted.map((cycle) => (current: EngineState) => cancelEntries(current, cycle, hostMs)),
    ...wanted.map((cycle) => (current: EngineState) => pursue(current, cycle, ts, hostMs)),
  );
}

function cancelEntries(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  const why = 'The cycle is to be closed.';
  return chain(
    state,
    ...entriesBeside(state, cycle).map(
      (entry) => (current: EngineState) => cancelOrder(current, entry, why, hostMs),
    ),
  );
}

/** Nothing is sent to a closed venue (F12), from a position in doubt (F01, F05), or beside a closing order that lives (F02). */
function pursue(state: EngineState, cycle: Exiting, ts: number, hostMs: number): Outcome {
  const instrument = state.instruments[cycle.symbol];
  if (netQuantity(cycle) === 0 || !instrument || !mayExitAt(instrument, ts)) return unchanged(state);
  if (isOverclosed(cycle) || isDisputed(state, cycle.symbol)) return unchanged(state);
  // also of another cycle: what is on its way may close this one (rule 3; seed 310201686)
  const settles = settlingOrders(state).some(({ spec }) => spec.symbol === cycle.symbol);
  if (settles || hasUntoldFill(state, cycle)) return unchanged(state);
  const beside = entriesBeside(state, cycle);
  if (beside.some((entry) => !isCancelOverdue(entry, hostMs))) return unchanged(state);
  const live = ordersOf(state, cycle.cycleId).find((order) => order.spec.role === 'exit' && isLive(order));
  return live ? pushOn(state, cycle, live, hostMs) : nextAttempt(state, cycle, hostMs);
}
