/** Fills move a cycle: the first opens it, those against it close it. A fill without a cycle adopts one. */
import { positionOf, withCycle } from '../model/book';
import { adoptedCycle, type Cycle, isOver, netQuantity } from '../model/cycle';
import type { CycleFact } from '../model/fact';
import type { Fill } from '../model/fill';
import { signOf } from '../model/order';
import { cycleWith } from '../model/shape';
import type { EngineState } from '../model/state';
import type { Outcome } from '../model/step';
import { withExcursion } from './excursion';

export function fillCycle(state: EngineState, fill: Fill): Outcome {
  const { cycleId, symbol } = fill;
  const facts: CycleFact[] = [];
  let cycle = state.cycles[cycleId];
  if (!cycle) {
    const signed = signOf(fill.side) * fill.quantity;
    cycle = adoptedCycle(cycleId, symbol, signed, fill.ts);
    const why = 'Traded outside this worker.';
    facts.push({
      type: 'CycleAdopted',
      cycleId,
      symbol,
      quantity: signed,
      averageTicks: fill.priceTicks,
      why,
    });
  }
  const { execId, ref, role, side, quantity, priceTicks } = fill;
  const positionAfter = positionOf(state, symbol);
  facts.push({
    type: 'OrderFilled',
    cycleId,
    symbol,
    ref,
    role,
    side,
    execId,
    quantity,
    priceTicks,
    positionAfter,
  });
  const moved = side === cycle.side ? entered(cycle, fill) : slipped(left(cycle, fill), state, fill);
  const next = netQuantity(moved) === 0 ? flat(moved, fill) : moved;
  if (cycle.phase === 'entering' && next.phase === 'open') {
    facts.push({ type: 'PositionArming', cycleId, symbol, quantity: netQuantity(next) });
  }
  return { state: withCycle(state, next), facts, commands: [] };
}

function entered(cycle: Cycle, fill: Fill): Cycle {
  return cycleWith(cycle, {
    phase: 'open',
    entryQuantity: cycle.entryQuantity + fill.quantity,
    entryCostTicks: cycle.entryCostTicks + fill.quantity * fill.priceTicks,
    firstFillTs: cycle.firstFillTs ?? fill.ts,
    firstFillHostMs: cycle.firstFillHostMs ?? fill.hostMs,
    protection:
      cycle.protection.state === 'none' ? { state: 'arming', sinceHostMs: fill.hostMs } : cycle.protection,
    outcome: cycle.phase === 'cancelled' ? null : cycle.outcome,
    closedTs: null,
    flatTs: null,
    flatHostMs: null,
  });
}

function left(cycle: Cycle, fill: Fill): Cycle {
  const known = cycle.phase === 'cancelled' ? null : cycle.outcome;
  return cycleWith(cycle, {
    phase: isOver(cycle) ? 'open' : cycle.phase,
    exitQuantity: cycle.exitQuantity + fill.quantity,
    exitCostTicks: cycle.exitCostTicks + fill.quantity * fill.priceTicks,
    outcome: known ?? OUTCOMES[fill.role](cycle),
    flatTs: null,
    flatHostMs: null,
  });
}

/** An exit is measured against its trigger, its limit, or the mark when it was decided; a market may also have gone further than any quote said. */
function slipped(cycle: Cycle, state: EngineState, fill: Fill): Cycle {
  const order = state.orders[fill.ref];
  const excursion = withExcursion(cycle, fill.priceTicks);
  const wanted = order ? (order.spec.triggerTicks ?? order.spec.limitTicks ?? order.decisionTicks) : null;
  if (wanted === null) return excursion;
  const { ticks, quantity } = cycle.exitSlip;
  const worse = (wanted - fill.priceTicks) * signOf(cycle.side) * fill.quantity;
  return { ...excursion, exitSlip: { ticks: ticks + worse, quantity: quantity + fill.quantity } };
}

/** The last contract is gone; or its entry was heard of after its exit, which is the same. */
function flat(cycle: Cycle, fill: Fill): Cycle {
  return cycleWith(cycle, { flatTs: fill.ts, flatHostMs: fill.hostMs, protection: { state: 'none' } });
}

const OUTCOMES: Readonly<Record<Fill['role'], (cycle: Cycle) => Cycle['outcome']>> = {
  entry: () => 'closed elsewhere',
  target: () => 'target',
  stop: () => 'stop',
  emergency: () => 'emergency stop',
  exit: (cycle) => {
    switch (cycle.exit?.reason) {
      case 'signal':
        return 'exit signal';
      case 'time':
        return 'time exit';
      case 'operator':
        return 'operator exit';
      case 'flatten':
        return 'flattened';
      case 'emergency':
        return 'emergency stop';
      case undefined:
        return 'closed elsewhere';
    }
  },
};
