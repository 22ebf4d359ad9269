/** Charges: booked once for each execution, on its cycle; before it, after it or long after it (F32). A correction's charge replaces the first. */
import { put, withCycle } from '../model/book';
import type { BrokerCommission } from '../model/broker';
import { executionIdOf, isNewer } from '../model/execution';
import type { CycleFact } from '../model/fact';
import type { SeenExecution } from '../model/position';
import { cycleWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

const EARLY_REMEMBERED = 200;

/** A charge that came before its execution. */
export function earlyCommission(state: EngineState, execId: string): Outcome {
  const { [execId]: micros, ...earlyCommissions } = state.earlyCommissions;
  return micros === undefined
    ? unchanged(state)
    : commissionReported(stateWith(state, { earlyCommissions }), { execId, micros });
}

export function commissionReported(state: EngineState, commission: BrokerCommission): Outcome {
  const { execId, micros } = commission;
  const { key } = executionIdOf(execId);
  const execution = state.executions[key];
  if (!execution || isNewer(execId, execution.execId)) {
    const early = Object.entries(put(state.earlyCommissions, execId, micros)).slice(-EARLY_REMEMBERED);
    return unchanged(stateWith(state, { earlyCommissions: Object.fromEntries(early) }));
  }
  const charged = execution.commissionMicros !== null;
  if (charged && !(execution.chargedFor !== null && isNewer(execId, execution.chargedFor)))
    return unchanged(state);
  const executions = put(state.executions, key, {
    ...execution,
    commissionMicros: micros,
    chargedFor: execId,
  });
  return charge(stateWith(state, { executions }), execution, execId, micros);
}

function charge(state: EngineState, execution: SeenExecution, execId: string, micros: number): Outcome {
  const difference = micros - (execution.commissionMicros ?? 0);
  const booked = stateWith(state, {
    day: { ...state.day, commissionMicros: state.day.commissionMicros + difference },
  });
  const cycle = state.cycles[execution.cycleIds[0] ?? ''];
  if (!cycle) return unchanged(booked);
  const { cycleId, symbol } = cycle;
  const late = cycle.realizedMicros !== null;
  const charged = cycleWith(cycle, {
    commissionMicros: cycle.commissionMicros + difference,
    realizedMicros: cycle.realizedMicros === null ? null : cycle.realizedMicros - difference,
  });
  const fact: CycleFact = { type: 'CommissionCharged', cycleId, symbol, execId, micros };
  return {
    state: stateWith(withCycle(booked, charged), {
      day: late ? { ...booked.day, realizedMicros: booked.day.realizedMicros - difference } : booked.day,
    }),
    facts: [fact],
    commands: [],
  };
}
