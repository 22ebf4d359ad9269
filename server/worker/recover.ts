/** Recovery is the normal start: the last snapshot, then the tail of the journal, stepped again. What it concludes must be what was written. */
import { withQuotes } from '../engine/market/market';
import type { Cycle } from '../engine/model/cycle';
import { executionIdOf } from '../engine/model/execution';
import { NO_EXIT_RULES } from '../engine/model/exit-rules';
import type { Order } from '../engine/model/order';
import type { SeenExecution } from '../engine/model/position';
import { type EngineState, INITIAL_STATE } from '../engine/model/state';
import type { JournalEntry } from '../engine/model/step';
import { step } from '../engine/step';
import type { Recovered } from '../ports';

export interface Replayed {
  state: EngineState;
  seq: number;
  replayedEntries: number;
  /** Entries whose replay concluded something else: another version of the engine wrote them. */
  divergedSeqs: readonly number[];
}

export function replay(recovered: Recovered): Replayed {
  let state = recovered.snapshot ? withDefaults(recovered.snapshot.state) : INITIAL_STATE;
  const divergedSeqs: number[] = [];
  for (const entry of recovered.entries) {
    const outcome = step(withQuotes(state, entry.quotes), entry);
    if (!sameConclusion(entry, outcome)) divergedSeqs.push(entry.seq);
    state = outcome.state;
  }
  return { state, seq: recovered.lastSeq, replayedEntries: recovered.entries.length, divergedSeqs };
}

/** A flatten of a version in which its deadline ended it. */
const OLD_FLATTEN = { startedTs: 0, dueHostMs: 0, armed: [], notFlat: null, found: [] };

/** A snapshot of an older version lacks what was added since. */
function withDefaults(state: EngineState): EngineState {
  return {
    ...INITIAL_STATE,
    ...state,
    limits: { ...INITIAL_STATE.limits, ...state.limits },
    reconciliation: { ...INITIAL_STATE.reconciliation, ...state.reconciliation },
    cycles: Object.fromEntries(
      Object.entries(state.cycles).map(([cycleId, cycle]) => [cycleId, completeCycle(cycle)]),
    ),
    flatten: state.flatten && { ...OLD_FLATTEN, ...state.flatten },
    positions: Object.fromEntries(
      Object.entries(state.positions).map(([symbol, position]) => [
        symbol,
        { ...NEW_IN_POSITION, ...position },
      ]),
    ),
    executions: Object.fromEntries(Object.entries(state.executions).map(completeExecution)),
    orders: Object.fromEntries(
      Object.entries(state.orders).map(([ref, order]) => [ref, completeOrder(order)]),
    ),
  };
}

/** An exit that was under way had no steps: it was at the market. */
function completeCycle(cycle: Cycle): Cycle {
  const { exit } = cycle;
  const begun = { step: 'market', steppedHostMs: exit?.requestedHostMs ?? 0, moves: 0 } as const;
  return { ...NEW_IN_CYCLE, ...cycle, exit: exit && { ...begun, ...exit } };
}

const NEW_IN_CYCLE: Pick<
  Cycle,
  'orphan' | 'exitSlip' | 'rules' | 'stopMovedHostMs' | 'bestTicks' | 'blindSinceHostMs'
> = {
  blindSinceHostMs: null,
  rules: NO_EXIT_RULES,
  stopMovedHostMs: null,
  bestTicks: null,
  orphan: null,
  exitSlip: { ticks: 0, quantity: 0 },
};

/** What positions realised was kept in dollars; it is in the cycles and the day too. */
const NEW_IN_POSITION = { realizedTicks: 0 };

/** Executions were kept under their whole id, without what a correction needs. */
function completeExecution([id, seen]: [string, SeenExecution]): [string, SeenExecution] {
  const unknown = {
    ref: '',
    execId: id,
    side: 'BUY',
    quantity: 0,
    priceTicks: 0,
    shares: [],
    chargedFor: null,
  } as const;
  return [executionIdOf(seen.execId ?? id).key, { ...unknown, ...seen }];
}

/** An order that a status had reached counts as accepted: an error is then taken for one of a change, and the broker is asked. */
function completeOrder(order: Order): Order {
  const accepted = order.phase !== 'Pending' && order.brokerStatus !== null;
  const cancelWished = order.phase === 'Cancelling';
  const added = {
    accepted,
    outOfReach: false,
    clientId: null,
    cancelWished,
    missingSinceHostMs: null,
    fillsUntold: false,
    endedHostMs: null,
    change: null,
    decisionTicks: null,
    errorCode: null,
  };
  return { ...added, ...order };
}

function sameConclusion(entry: JournalEntry, outcome: Pick<JournalEntry, 'facts' | 'commands'>): boolean {
  return (
    JSON.stringify(entry.facts) === JSON.stringify(outcome.facts) &&
    JSON.stringify(entry.commands) === JSON.stringify(outcome.commands)
  );
}
