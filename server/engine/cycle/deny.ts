/** An entry that the guards refused: the cycle ends here, with every reason. */
import { withCycle } from '../model/book';
import type { Cycle } from '../model/cycle';
import { type GuardResult, type ReasonCode, refusalText } from '../model/reason';
import { cycleWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import type { Outcome } from '../model/step';

export function denyCycle(
  state: EngineState,
  cycle: Cycle,
  results: readonly GuardResult[],
  reasons: readonly ReasonCode[],
): Outcome {
  const { cycleId, symbol } = cycle;
  const detail = results
    .filter((result) => result.verdict === 'deny')
    .map(refusalText)
    .join('; ');
  const { [`${cycleId}:proposal`]: _, ...proposals } = state.proposals;
  return {
    state: stateWith(
      withCycle(state, cycleWith(cycle, { phase: 'denied', outcome: 'denied', results, reasons })),
      { proposals, day: { ...state.day, denied: state.day.denied + 1 } },
    ),
    facts: [{ type: 'EntryDenied', cycleId, symbol, reasons, detail }],
    commands: [],
  };
}
