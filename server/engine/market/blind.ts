/**
 * Blind: contracts are held and no price of them comes (L6). Nothing is decided by it: a stop at the broker works without a price of ours, an
 * emergency stop is measured from the entry, and an exit goes to the market. A person is told, once, and when prices are back.
 */
import { cyclesToProtect, ordersOf, withCycle } from '../model/book';
import { coverOf } from '../model/cover';
import { type Cycle, netQuantity } from '../model/cycle';
import { cycleWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';
import { openFor } from '../model/venue';

/** Exchange time and host time, ms. */
interface At {
  ts: number;
  hostMs: number;
}

export function watchSight(state: EngineState, at: At): Outcome {
  const held = cyclesToProtect(state);
  if (held.length === 0 || state.link.phase !== 'connected') return unchanged(state);
  return chain(state, ...held.map((cycle) => (current: EngineState) => watch(current, cycle, at)));
}

function watch(state: EngineState, cycle: Cycle, at: At): Outcome {
  const { symbol, blindSinceHostMs } = cycle;
  const quotedHostMs = state.market.quotes[symbol]?.hostMs ?? 0;
  if (blindSinceHostMs !== null) {
    return quotedHostMs > blindSinceHostMs
      ? seesAgain(state, cycle, quotedHostMs - blindSinceHostMs)
      : unchanged(state);
  }
  // from when a price could have come
  const sinceHostMs = Math.max(quotedHostMs, state.link.sinceHostMs);
  const isBlind = at.hostMs - sinceHostMs >= state.limits.blindAfterMs && couldBeQuoted(state, symbol, at.ts);
  return isBlind ? goesBlind(state, cycle, sinceHostMs) : unchanged(state);
}

/** A contract that nobody has described yet has no hours that could excuse it. */
function couldBeQuoted({ instruments, limits }: EngineState, symbol: string, ts: number): boolean {
  const instrument = instruments[symbol];
  return instrument === undefined || openFor(instrument, ts, limits.blindAfterMs);
}

function seesAgain(state: EngineState, cycle: Cycle, blindMs: number): Outcome {
  const { cycleId, symbol } = cycle;
  return {
    state: withCycle(state, cycleWith(cycle, { blindSinceHostMs: null })),
    facts: [{ type: 'PositionSeen', cycleId, symbol, blindMs }],
    commands: [],
  };
}

function goesBlind(state: EngineState, cycle: Cycle, sinceHostMs: number): Outcome {
  const { cycleId, symbol } = cycle;
  const held = netQuantity(cycle);
  const bare = Math.max(0, Math.abs(held) - coverOf(ordersOf(state, cycleId), held).quantity);
  const stop =
    bare === 0 ? 'The stop at the broker works without it.' : `No working stop covers ${bare} of them.`;
  const why = `No price for ${state.limits.blindAfterMs / 1_000} s. ${stop}`;
  const text = `BLIND: ${held} ${symbol} held. ${why} Exits go to the market; look in TWS.`;
  return {
    state: withCycle(state, cycleWith(cycle, { blindSinceHostMs: sinceHostMs })),
    facts: [{ type: 'PositionBlind', cycleId, symbol, quantity: held, why }],
    commands: [{ type: 'SendAlert', severity: 'critical', text }],
  };
}
