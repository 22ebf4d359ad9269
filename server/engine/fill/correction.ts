/** IB corrects an execution under the same id with another number after the last dot: its contracts were counted already. */
import { askReport } from '../model/asking';
import { put } from '../model/book';
import type { Fact } from '../model/fact';
import { orderRefOf } from '../model/ids';
import type { EngineState } from '../model/state';
import type { Outcome } from '../model/step';

/** @returns the execId of the execution that this one corrects, or null. */
export function correctedBy(state: EngineState, execId: string): string | null {
  const stem = stemOf(execId);
  if (stem === null) return null;
  return Object.keys(state.executions).find((known) => stemOf(known) === stem) ?? null;
}

function stemOf(execId: string): string | null {
  return /^(.+\..+)\.\d+$/.exec(execId)?.[1] ?? null;
}

/** Recorded and asked about: only the broker's report can say whether the position is another one now. */
export function correction(state: EngineState, corrected: string, execId: string, hostMs: number): Outcome {
  const { symbol = '', ts = 0, cycleIds = [] } = state.executions[corrected] ?? {};
  const text = `Execution ${execId} corrects ${corrected}: not counted again, its price is not rebooked.`;
  const facts = cycleIds.flatMap((id): readonly Fact[] => {
    const cycleId = state.cycles[id]?.cycleId;
    return cycleId
      ? [{ type: 'OrderAnomaly', cycleId, symbol, ref: orderRefOf(cycleId, 'entry'), text }]
      : [];
  });
  const executions = put(state.executions, execId, { symbol, ts, cycleIds, commissionMicros: 0 });
  return { ...askReport({ ...state, executions }, hostMs), facts };
}
