/**
 * An exit that works and has not filled: its limit is moved after the touch a few times, then it makes way for the market. IB does not
 * change the type of an order safely (329), so the limit is cancelled, has to settle, and only then the market order goes; the bracket's
 * stop stays in the group meanwhile.
 */
import { withCycle } from '../model/book';
import type { ExitIntent, Exiting } from '../model/cycle';
import type { Fact } from '../model/fact';
import type { Order } from '../model/order';
import { cancelOrder, changeOrder, mayChange } from '../model/placing';
import { cycleWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';
import { touchTicks } from './touch';

const MOVE_EVERY_MS = 1_000;
const MOVES_ALLOWED = 2;
/** A limit at the touch fills at once or not at all: a part of it may be followed by the rest for so long. */
const BURST_MS = 250;
/** A market order that rests (no other side, or the exchange's price protection) is sent anew after so long. */
const MARKET_RESTS_MS = 30_000;

export function pushOn(state: EngineState, cycle: Exiting, live: Order, hostMs: number): Outcome {
  const { exit } = cycle;
  if (live.phase !== 'Working') return unchanged(state);
  if (live.spec.type !== 'LMT') {
    return hostMs - live.sentHostMs >= MARKET_RESTS_MS
      ? cancelOrder(state, live, 'The market order rests unfilled: it is sent anew.', hostMs)
      : unchanged(state);
  }
  if (exit.step === 'market') return makeWay(state, live, hostMs);
  const touch = touchTicks(state, live.spec, hostMs);
  if (touch === null) return toMarket(state, cycle, live, { why: 'There is no fresh quote.', hostMs });
  const why = whyMarket(exit, live, hostMs);
  if (why !== null) return toMarket(state, cycle, live, { why, hostMs });
  const due = hostMs - exit.steppedHostMs >= MOVE_EVERY_MS && mayChange(live, hostMs);
  return due ? moveLimit(state, cycle, live, { touch, hostMs }) : unchanged(state);
}

function whyMarket(exit: ExitIntent, live: Order, hostMs: number): string | null {
  // its group is spent: the stop is gone with it
  if (live.filledQuantity > 0 && hostMs - live.sentHostMs >= BURST_MS)
    return 'The limit filled in part, and its group took the stop along.';
  if (live.change?.phase === 'refused') return 'The broker does not move the limit.';
  const spent = exit.moves >= MOVES_ALLOWED && hostMs - exit.steppedHostMs >= MOVE_EVERY_MS;
  return spent ? `The limit did not fill in ${exit.moves + 1} steps.` : null;
}

function makeWay(state: EngineState, live: Order, hostMs: number): Outcome {
  return cancelOrder(state, live, 'It makes way for a market order.', hostMs);
}

function toMarket(
  state: EngineState,
  cycle: Exiting,
  live: Order,
  { why, hostMs }: { why: string; hostMs: number },
): Outcome {
  const { exit, cycleId, symbol } = cycle;
  const stepped: Fact = { type: 'ExitStepped', cycleId, symbol, step: 'market', limitTicks: null, why };
  const next = withCycle(
    state,
    cycleWith(cycle, { exit: { ...exit, step: 'market', steppedHostMs: hostMs } }),
  );
  return chain(
    next,
    (current) => ({ state: current, facts: [stepped], commands: [] }),
    (current) => makeWay(current, live, hostMs),
  );
}

/** To the touch, and always at least a tick further than it was: waiting at the same price is no step. */
function moveLimit(
  state: EngineState,
  cycle: Exiting,
  live: Order,
  { touch, hostMs }: { touch: number; hostMs: number },
): Outcome {
  const { exit, cycleId, symbol } = cycle;
  const was = live.spec.limitTicks ?? touch;
  const limitTicks = live.spec.side === 'SELL' ? Math.min(touch, was - 1) : Math.max(touch, was + 1);
  const waitedS = Math.round((hostMs - exit.steppedHostMs) / 100) / 10;
  const why = `Not filled for ${waitedS} s: the limit follows the touch.`;
  const stepped: Fact = { type: 'ExitStepped', cycleId, symbol, step: 'limit', limitTicks, why };
  const moved = { ...exit, moves: exit.moves + 1, steppedHostMs: hostMs };
  return chain(
    withCycle(state, cycleWith(cycle, { exit: moved })),
    (current) => ({ state: current, facts: [stepped], commands: [] }),
    (current) => changeOrder(current, live, { limitTicks }, hostMs),
  );
}
