/** An entry that ended without a single contract ends its cycle; what is left of its bracket is cleared like that of a flat one. */
import { withCycle } from '../model/book';
import type { CycleFact } from '../model/fact';
import { isLive } from '../model/order';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

export function entryEnded(state: EngineState, hostMs: number): Outcome {
  let current = state;
  const facts: CycleFact[] = [];
  for (const cycle of Object.values(state.cycles)) {
    if (cycle.phase !== 'entering' || cycle.entryQuantity > 0) continue;
    const entry = Object.values(state.orders).find(
      (order) => order.spec.cycleId === cycle.cycleId && order.spec.role === 'entry',
    );
    if (!entry || isLive(entry) || entry.phase === 'Filled' || entry.reportedFilled > 0) continue;
    const outcome = entry.phase === 'Rejected' ? 'entry refused by broker' : 'entry not filled';
    current = withCycle(current, { ...cycle, phase: 'cancelled', outcome, flatHostMs: hostMs });
    const { cycleId, symbol } = cycle;
    const why = entry.text ?? `The entry ended as ${entry.phase}.`;
    facts.push({ type: 'CycleCancelled', cycleId, symbol, outcome, why });
  }
  return facts.length === 0 ? unchanged(state) : { state: current, facts, commands: [] };
}
