/**
 * Orphans: positions that no cycle of ours opened (R8, R9). Protection comes first, as for any position; then a person is asked,
 * and no entry leaves anywhere before the answer.
 */
import { liveOrders, openCycles, ordersOf, withCycle } from '../model/book';
import { type Cycle, isOver, isUndecided, netQuantity, type OrphanDecision } from '../model/cycle';

import { cancelOrder } from '../model/placing';
import type { ReasonCode } from '../model/reason';
import { cycleWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { after, chain, type Outcome, unchanged } from '../model/step';

/** Runs after protection: by the time of the question the stop has been sent, if anything may be sent at all. */
export function askAboutOrphans(state: EngineState, hostMs: number): Outcome {
  const unasked = openCycles(state).filter(
    (cycle) => isUndecided(cycle) && cycle.orphan?.askedHostMs === null,
  );
  return unasked.length === 0
    ? unchanged(state)
    : chain(state, ...unasked.map((cycle) => (current: EngineState) => ask(current, cycle, hostMs)));
}

function ask(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  const { cycleId, symbol, orphan } = cycle;
  const quantity = netQuantity(cycle);
  if (!orphan || quantity === 0) return unchanged(state);
  const why = 'No signal of ours opened it.';
  const text = `ORPHAN ${quantity} ${symbol} (${cycleId}): adopt, flatten or ignore? Entries wait for the answer.`;
  const asked: Outcome = {
    state: withCycle(state, cycleWith(cycle, { orphan: { ...orphan, askedHostMs: hostMs } })),
    facts: [{ type: 'OrphanFound', cycleId, symbol, quantity, why }],
    commands: [{ type: 'SendAlert', severity: 'critical', text }],
  };
  return after(asked, (next) => withdrawEntries(next, symbol, `An orphan is held in ${symbol}.`, hostMs));
}

/** One that rests would fill against the orphan or beside it, and what protects either would be too large or too small (seed 320034020). */
function withdrawEntries(state: EngineState, symbol: string, why: string, hostMs: number): Outcome {
  const entries = liveOrders(state).filter(({ spec }) => spec.role === 'entry' && spec.symbol === symbol);
  return chain(
    state,
    ...entries.map((order) => (current: EngineState) => cancelOrder(current, order, why, hostMs)),
  );
}

export interface OrphanWord {
  cycleId: string;
  decision: OrphanDecision;
  by: string;
  reason: string;
}

/** A person may think again while it is held, but not against an exit that is under way. Closing it is the caller's: `engine/exit`. */
export function decideOrphan(
  state: EngineState,
  word: OrphanWord,
  hostMs: number,
): Outcome | { refused: ReasonCode; why: string } {
  const { decision, by, reason } = word;
  if (reason === '') return { refused: 'REASON_REQUIRED', why: 'Say why.' };
  const cycle = state.cycles[word.cycleId];
  if (!cycle?.orphan || isOver(cycle)) {
    return { refused: 'NOTHING_TO_DO', why: 'No orphan is held under that id.' };
  }
  if (cycle.exit) return { refused: 'NOTHING_TO_DO', why: 'It is being closed.' };
  if (cycle.orphan.decision === decision) {
    return { refused: 'NOTHING_TO_DO', why: `That was decided already, by ${cycle.orphan.by}.` };
  }
  const { cycleId, symbol } = cycle;
  const orphan = { ...cycle.orphan, decision, by, reason };
  const was = withCycle(state, cycleWith(cycle, { orphan }));
  const decided: Outcome = {
    state: was,
    facts: [{ type: 'OrphanDecided', cycleId, symbol, decision, by, reason }],
    commands: [],
  };
  return decision === 'ignore' ? letGo(decided, `Ignored by ${by}: ${reason}`, cycleId, hostMs) : decided;
}

/** Nothing of ours stays beside a position that is none of our business: what is left could open one. */
function letGo(decided: Outcome, why: string, cycleId: string, hostMs: number): Outcome {
  const { state, facts } = decided;
  const cycle = state.cycles[cycleId];
  if (!cycle) return decided;
  const cancelled = chain(
    withCycle(state, cycleWith(cycle, { protection: { state: 'none' } })),
    ...ordersOf(state, cycleId).map(
      (order) => (current: EngineState) => cancelOrder(current, order, why, hostMs),
    ),
  );
  return { ...cancelled, facts: [...facts, ...cancelled.facts] };
}
