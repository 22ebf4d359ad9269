/** The day's result as the guards and the trips measure it: realised, net of commissions, with what the open positions lose at the mark. */
import { markTicks, tickValueMicros } from './instrument';
import type { EngineState } from './state';

/**
 * Open loss of every position at the latest mark, micro-dollars, zero or more. An open gain counts for nothing: it is not had yet.
 * A position without a mark counts for nothing either: what is not known is not guessed, and a market without quotes trips by itself.
 */
export function openLossMicros(state: EngineState): number {
  let micros = 0;
  for (const { symbol, quantity, lots } of Object.values(state.positions)) {
    const instrument = state.instruments[symbol];
    const mark = markTicks(state.market.quotes[symbol]);
    if (quantity === 0 || !instrument || mark === null) continue;
    const direction = Math.sign(quantity);
    const ticks = lots.reduce((sum, lot) => sum + (mark - lot.ticks) * direction * lot.quantity, 0);
    if (ticks < 0) micros -= ticks * tickValueMicros(instrument);
  }
  return micros;
}

/** Micro-dollars lost today, zero or more. */
export function lossTodayMicros(state: EngineState): number {
  return Math.max(0, openLossMicros(state) - state.day.realizedMicros);
}

/** From the day's best realised result down to now, micro-dollars, zero or more. */
export function drawdownMicros(state: EngineState): number {
  const { peakMicros, realizedMicros } = state.day;
  return Math.max(0, peakMicros - realizedMicros + openLossMicros(state));
}
