/** A corrected execution in its cycle: the old one is taken out, the new one put in. A closed cycle gets another result, and so does the day. */
import { positionOf, withCycle } from '../model/book';
import { type Cycle, netQuantity } from '../model/cycle';
import type { DayBook } from '../model/day';
import type { CorrectedShare, Correction } from '../model/execution';
import type { CycleFact } from '../model/fact';
import { tickValueMicros } from '../model/instrument';
import { signOf } from '../model/order';
import { cycleWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

export function correctCycle(state: EngineState, share: CorrectedShare, correction: Correction): Outcome {
  const cycle = state.cycles[share.cycleId];
  if (!cycle) return unchanged(state);
  const { was, now } = correction;
  const without = booked(cycle, { signed: share.was, priceTicks: was.priceTicks }, -1);
  const moved = booked(without, { signed: share.now, priceTicks: now.priceTicks }, 1);
  const { cycleId, symbol } = cycle;
  const { execId, corrects } = correction;
  const fact: CycleFact = {
    type: 'ExecutionCorrected',
    cycleId,
    symbol,
    execId,
    corrects,
    quantity: share.now,
    priceTicks: now.priceTicks,
    positionAfter: positionOf(state, symbol),
  };
  const next = cycle.phase === 'closed' ? closedAgain(state, cycle, moved) : living(state, moved, correction);
  return { state: next, facts: [fact], commands: [] };
}

function booked(cycle: Cycle, { signed, priceTicks }: Correction['now'], factor: 1 | -1): Cycle {
  const quantity = factor * Math.abs(signed);
  const cost = quantity * priceTicks;
  return Math.sign(signed) === signOf(cycle.side)
    ? cycleWith(cycle, {
        entryQuantity: cycle.entryQuantity + quantity,
        entryCostTicks: cycle.entryCostTicks + cost,
      })
    : cycleWith(cycle, {
        exitQuantity: cycle.exitQuantity + quantity,
        exitCostTicks: cycle.exitCostTicks + cost,
      });
}

/** It may have become flat by the correction, or not be flat any more. */
function living(state: EngineState, moved: Cycle, { ts, hostMs }: Correction): EngineState {
  const flat = netQuantity(moved) === 0;
  if (flat === (moved.flatHostMs !== null)) return withCycle(state, moved);
  return withCycle(
    state,
    flat
      ? cycleWith(moved, { flatTs: ts, flatHostMs: hostMs, protection: { state: 'none' } })
      : cycleWith(moved, { phase: 'open', flatTs: null, flatHostMs: null }),
  );
}

function closedAgain(state: EngineState, before: Cycle, moved: Cycle): EngineState {
  const instrument = state.instruments[moved.symbol];
  const ticks = (resultTicks(moved) - resultTicks(before)) * signOf(moved.side);
  const difference = ticks * (instrument ? tickValueMicros(instrument) : 0);
  const was = before.realizedMicros ?? 0;
  const realizedMicros = was + difference;
  return stateWith(withCycle(state, cycleWith(moved, { realizedMicros })), {
    day: {
      ...state.day,
      realizedMicros: state.day.realizedMicros + difference,
      ...turned(state.day, was, realizedMicros),
    },
  });
}

const resultTicks = (cycle: Cycle) => cycle.exitCostTicks - cycle.entryCostTicks;

/** A win that was a loss, or the other way round. The run of losses stays as it was lived. */
function turned({ won, lost }: DayBook, was: number, now: number): Partial<DayBook> {
  if (was < 0 === now < 0) return {};
  return now < 0 ? { won: won - 1, lost: lost + 1 } : { won: won + 1, lost: lost - 1 };
}
