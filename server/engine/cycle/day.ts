/** The trading day: it is named after the date on which its session closes, and a new one starts an empty book. */

import { EMPTY_DAY } from '../model/day';
import { sessionAt } from '../model/instrument';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { isoDateOf } from '../model/time';

export function rollDay(state: EngineState, ts: number): EngineState {
  const session = Object.values(state.instruments)
    .map((instrument) => sessionAt(instrument, ts))
    .find((open) => open !== null);
  if (!session) return state;
  const date = isoDateOf(session.closeTs - 1);
  return date === state.day.date ? state : stateWith(state, { day: { ...EMPTY_DAY, date } });
}
