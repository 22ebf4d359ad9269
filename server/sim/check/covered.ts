/**
 * L1: three seconds of engine time after it was heard of, and 99 of 100 times one, a position is covered by a stop that works at the exchange,
 * or it is being closed; and where it stays open, a person was told. L5: the same after a restart or reconnect, and the question for the report is repeated.
 */
import { cyclesToProtect, holdingCycles } from '../../engine/model/book';
import { isLive } from '../../engine/model/order';
import type { EngineState } from '../../engine/model/state';
import type { Watcher, World } from '../world';
import type { EngineTime } from './engine-time';
import { heldAndKnown, isOurs, roleOf } from './ours';
import { Told } from './told';

const HARD_MS = 3_000;
/** Within this 99 times of 100, over all seeds (`ceilings.ts`). */
const SOON_MS = 1_000;
const FOUL_MS = 12_000;
/** The broker said that the stop works, and then nothing any more. */
const MISLED_MS = 35_000;
const TOLD_MS = 8_000;
const ASKED_AGAIN_MS = 3_000;

/** In the two engine times. */
interface Moment {
  readonly fairMs: number;
  readonly actingMs: number;
}

interface Bare {
  /** When its stop was gone, and when that was heard of. */
  readonly gone: Moment;
  readonly heard: Moment;
  readonly alerts: number;
  /** The first without the second would have broken the law. */
  readonly excused: boolean;
}

export function positionsAreCovered(time: EngineTime): Watcher {
  const bare = new Map<string, Bare>();
  const open = new Set<string>();
  const alertsBefore = new Map<string, number>();
  let version = -1;
  let state: EngineState | null = null;
  const told = new Told();
  let askedMs = 0;
  return {
    commanded: (_, command) => {
      told.hear(command);
      if (command.type === 'RequestReport') askedMs = time.connectedMs;
    },
    always: (world) => {
      if (world.state?.reconciliation.phase !== 'asked') askedMs = time.connectedMs;
      if (world.state?.reconciliation.phase === 'asked' && time.connectedMs - askedMs > ASKED_AGAIN_MS)
        world.violate('L5', 'The question for the report is not asked again.');
      if (bare.size === 0 && world.truth.version === version && world.state === state) return;
      ({ version } = world.truth);
      ({ state } = world);
      for (const symbol of world.truth.symbols()) {
        const held = heldAndKnown(world, symbol);
        const { fairMs, actingMs } = time;
        const now = { fairMs, actingMs };
        if (held !== 0 && !open.has(symbol)) world.count('positionHeard');
        if (held === 0) open.delete(symbol);
        else open.add(symbol);
        if (held === 0 || isCovered(world, symbol, held) || isClosing(world, symbol, held)) {
          const since = bare.get(symbol);
          if (since && held !== 0 && now.fairMs - since.heard.fairMs > SOON_MS) world.count('coveredLate');
          bare.delete(symbol);
        } else {
          const alerts = told.of(symbol);
          // what was told with the news counts
          const before = alertsBefore.get(symbol) ?? 0;
          const known = bare.get(symbol) ?? { gone: now, heard: now, alerts: before, excused: false };
          const begun = isMisled(world, symbol) ? misled(world, known, now) : known;
          bare.set(symbol, begun);
          judge(world, symbol, { now, begun, told: alerts > begun.alerts });
        }
        // an exit that was under way and came to nothing does not ask for another word
        if (isSafe(world, symbol, held)) alertsBefore.set(symbol, told.of(symbol));
      }
    },
  };
}

/** Its time does not run while it cannot know; once for each bare position that is said where all others are excused. */
function misled(world: World, known: Bare, now: Moment): Bare {
  const excused = isLate(known.gone, now);
  if (excused && !known.excused) world.count('excused:L1:misled');
  return { ...known, heard: now, excused };
}

function isLate(since: Moment, now: Moment): boolean {
  return now.fairMs - since.fairMs > HARD_MS || now.actingMs - since.actingMs > FOUL_MS;
}

function judge(
  world: World,
  symbol: string,
  { now, begun: { gone, heard }, told }: { now: Moment; begun: Bare; told: boolean },
): void {
  const { state } = world;
  if (!state) return;
  const tooLong = now.actingMs - gone.actingMs > MISLED_MS && isMisled(world, symbol);
  if (!isLate(heard, now) && !tooLong) return;
  const held = heldAndKnown(world, symbol);
  const wanted = holdingCycles(state).some((cycle) => cycle.symbol === symbol && cycle.exit !== null);
  const onItsWay = Object.values(state.orders).some(
    (order) =>
      order.spec.symbol === symbol && order.spec.reduceOnly && isLive(order) && order.phase === 'Pending',
  );
  const [fair, acting] = [now.fairMs - heard.fairMs, now.actingMs - heard.actingMs];
  if (!wanted && !onItsWay)
    world.violate('L1', `${held} ${symbol} has no stop for ${fair} ms and is not being closed.`);
  else if (!told && acting > TOLD_MS)
    world.violate('L1', `${held} ${symbol} has no stop for ${acting} ms, and nobody was told.`);
}

/** By all that it has heard each of its contracts has a stop that works. */
function isMisled({ state }: World, symbol: string): boolean {
  const cycles = state ? cyclesToProtect(state).filter((cycle) => cycle.symbol === symbol) : [];
  return cycles.length > 0 && cycles.every(({ protection }) => 'ref' in protection);
}

/** Stops that work now, on the closing side, for all of it: one member of each group counts. */
function isCovered({ truth }: World, symbol: string, held: number): boolean {
  const side = held > 0 ? 'SELL' : 'BUY';
  let covered = 0;
  for (const order of truth.live()) {
    const { orderRef, action, whyHeld, orderType, remaining, contract } = order;
    if (!isOurs(orderRef) || contract.symbol !== symbol || action !== side) continue;
    if ((orderType === 'STP' || orderType === 'STP LMT') && !whyHeld.includes('child')) covered += remaining;
  }
  return covered >= Math.abs(held);
}

/** By what the worker knows nothing is held, or a stop covers it. */
function isSafe(world: World, symbol: string, held: number): boolean {
  if (!world.state) return false;
  return (
    (world.state.positions[symbol]?.quantity ?? 0) === 0 || (held !== 0 && isCovered(world, symbol, held))
  );
}

/** An exit for what is left of it works. */
function isClosing({ truth }: World, symbol: string, held: number): boolean {
  return truth
    .live()
    .some(
      ({ orderRef, contract, remaining }) =>
        isOurs(orderRef) &&
        roleOf(orderRef) === 'exit' &&
        contract.symbol === symbol &&
        remaining >= Math.abs(held),
    );
}
