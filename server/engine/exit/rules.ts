/** The rules of a cycle: set by an operator, and the one among them that closes it. Those that move its stop are `bracket/moves.ts`. */
import { cyclesToProtect, withCycle } from '../model/book';
import { type Cycle, isOver } from '../model/cycle';
import { type ExitRules, sameRules } from '../model/exit-rules';
import type { CycleId } from '../model/ids';
import type { ReasonCode } from '../model/reason';
import { cycleWith } from '../model/shape';
import type { EngineState } from '../model/state';
import type { Outcome } from '../model/step';

const MINUTE_MS = 60_000;

export function setExitRules(
  state: EngineState,
  wish: { cycleId: CycleId; rules: ExitRules; by: string; reason: string },
): Outcome | { refused: ReasonCode; why: string } {
  const { cycleId, rules, by, reason } = wish;
  const cycle = state.cycles[cycleId];
  if (reason === '') return { refused: 'REASON_REQUIRED', why: 'Say why.' };
  if (!cycle || isOver(cycle)) return { refused: 'NOTHING_TO_DO', why: 'That cycle is over.' };
  if (sameRules(cycle.rules, rules)) return { refused: 'NOTHING_TO_DO', why: 'These are its rules already.' };
  return {
    state: withCycle(state, cycleWith(cycle, { rules })),
    facts: [{ type: 'ExitRulesSet', cycleId, symbol: cycle.symbol, rules, by, reason }],
    commands: [],
  };
}

/** @param ts exchange time. @returns the cycles whose time in the trade is over. */
export function overTime(state: EngineState, ts: number): readonly { cycle: Cycle; why: string }[] {
  return cyclesToProtect(state).flatMap((cycle) => {
    const { maxMinutes } = cycle.rules;
    const over =
      maxMinutes !== null &&
      cycle.exit === null &&
      cycle.firstFillTs !== null &&
      ts - cycle.firstFillTs >= maxMinutes * MINUTE_MS;
    return over ? [{ cycle, why: `${maxMinutes} minutes in the trade.` }] : [];
  });
}
