/** An entry that ended without a single contract ends its cycle; what is left of its bracket is cleared like that of a flat one. */
import { openCycles, ordersOf, withCycle } from '../model/book';
import type { Cycle } from '../model/cycle';
import type { CycleFact } from '../model/fact';
import { isLive, isSettling, type Order } from '../model/order';
import { cycleWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

export function entryEnded(state: EngineState, hostMs: number): Outcome {
  let current = state;
  const facts: CycleFact[] = [];
  for (const cycle of openCycles(state)) {
    const end = endOf(cycle, ordersOf(state, cycle.cycleId));
    if (!end) continue;
    const { cycleId, symbol } = cycle;
    current = withCycle(
      current,
      cycleWith(cycle, { phase: 'cancelled', outcome: end.outcome, flatHostMs: hostMs }),
    );
    facts.push({ type: 'CycleCancelled', cycleId, symbol, ...end });
  }
  return facts.length === 0 ? unchanged(state) : { state: current, facts, commands: [] };
}

type End = { outcome: NonNullable<Cycle['outcome']>; why: string };

function endOf(cycle: Cycle, orders: readonly Order[]): End | null {
  if (cycle.phase !== 'entering' || cycle.entryQuantity > 0 || cycle.exitQuantity > 0) return null;
  const entry = orders.find((order) => order.spec.role === 'entry');
  if (!entry || isLive(entry)) return null;
  if (entry.reportedFilled === 0 && entry.phase !== 'Filled') {
    const outcome = entry.phase === 'Rejected' ? 'entry refused by broker' : 'entry not filled';
    return { outcome, why: entry.text ?? `The entry ended as ${entry.phase}.` };
  }
  if (orders.some((order) => isLive(order) || isSettling(order))) return null;
  return {
    outcome: 'closed elsewhere',
    why: 'The broker called it filled, its executions never came, and nothing of it is left.',
  };
}
