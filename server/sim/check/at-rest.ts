/**
 * L2, L3, L4: healed and flattened, the account is flat at the broker, nothing of ours works there, our book says the same, and the flatten
 * says FLAT. Two things no engine can do: trade in a closed market (then it must have said so, and go on wanting it), and answer for what
 * others trade in the last seconds.
 */
import { isOver } from '../../engine/model/cycle';
import { isLive } from '../../engine/model/order';
import type { EngineState } from '../../engine/model/state';
import { globexCalendar } from '../../exchange/sessions';
import type { Watcher, World } from '../world';
import { believable, isOurs } from './ours';

const calendar = globexCalendar();
/** What others traded before was told by now, asked again for as long as it could be old news of ours (`engine/reconcile/left.ts`), and closed. */
const LATELY = { withinMs: 20_000 };

export function comesToRest(): Watcher {
  let alerts = 0;
  return {
    commanded: (_, command) => {
      if (command.type === 'SendAlert' && command.severity === 'critical') alerts += 1;
    },
    atRest: (world) => {
      const { state } = world;
      if (!state) return world.violate('L5', 'No worker is up.');
      if (isOutOfReach(world) && alerts > 0) return world.count('excused:L2:outOfReach');
      const held = heldIn(world, state);
      if (held.length > 0 && calendar.isOpen(world.schedule.now))
        world.violate('L2', `Still held: ${held.join(', ')}.`);
      if (held.length > 0) return armedForTheOpen(world, state, alerts);
      if (nothingLeft(world, state)) flatIsSaid(world, state);
    },
  };
}

/** Under another client id than the worker's: it can be seen, and only a person can cancel it, as long as it has not filled. */
function isOutOfReach({ truth, clientId, schedule }: World): boolean {
  const others = (order: { orderRef: string; clientId: number }) =>
    isOurs(order.orderRef) && order.clientId !== clientId;
  const lately = truth.fills.filter(({ execution }) => schedule.now - execution.ts <= LATELY.withinMs);
  return truth.live().some(others) || lately.some(({ execution }) => others(execution));
}

function heldIn(world: World, state: EngineState): readonly string[] {
  return world.truth.symbols().flatMap((symbol) => {
    const ours = state.positions[symbol]?.quantity ?? 0;
    const possible = believable(world, symbol, LATELY);
    if (!possible.includes(ours))
      world.violate('L3', `${symbol}: our book says ${ours}, the broker ${world.truth.position(symbol)}.`);
    return possible.includes(0) ? [] : [`${world.truth.position(symbol)} ${symbol}`];
  });
}

/** The market is closed: a person knows, and the exit goes out when it opens. */
function armedForTheOpen(world: World, state: EngineState, alerts: number): void {
  world.count('restsInClosedMarket');
  if (alerts === 0) world.violate('L2', 'The market is closed with a position, and nobody is told.');
  const wanted = Object.values(state.cycles).some((cycle) => !isOver(cycle) && cycle.exit !== null);
  if (!wanted)
    world.violate('L2', 'The market is closed with a position, and nothing is armed for the open.');
}

/** What others traded in the last seconds is being closed, or will be: of such an instrument nothing is asked yet. */
function nothingLeft(world: World, state: EngineState): boolean {
  const rests = (symbol: string) => !isTradedByHand(world, symbol);
  const working = world.truth
    .live()
    .filter((order) => isOurs(order.orderRef) && rests(order.contract.symbol));
  if (working.length > 0)
    world.violate(
      'L2',
      `Still working: ${working.map((order) => `${order.orderRef} ${order.status}`).join(', ')}.`,
    );
  const live = Object.values(state.orders).filter((order) => isLive(order) && rests(order.spec.symbol));
  if (live.length > 0)
    world.violate('L4', `In our book still live: ${live.map((o) => `${o.spec.ref} ${o.phase}`).join(', ')}.`);
  const open = Object.values(state.cycles).filter(
    (cycle) => !isOver(cycle) && cycle.phase !== 'waiting' && rests(cycle.symbol),
  );
  if (open.length > 0)
    world.violate('L2', `Cycles still open: ${open.map((c) => `${c.cycleId} ${c.phase}`).join(', ')}.`);
  return working.length + live.length + open.length === 0;
}

/** An order of somebody else at the broker is not ours to cancel: with one there it is not FLAT, and it says so. */
function flatIsSaid(world: World, { flatten }: EngineState): void {
  if (flatten?.phase === 'flat') return;
  const others = world.truth.live().some((order) => !isOurs(order.orderRef));
  const byHand = world.truth.symbols().some((symbol) => isTradedByHand(world, symbol));
  if (others || byHand) world.count(others ? 'excused:L2:foreignOrder' : 'excused:L2:byHand');
  else world.violate('L2', `Flatten ended as ${flatten?.phase}: ${flatten?.detail}`);
}

function isTradedByHand(world: World, symbol: string): boolean {
  return believable(world, symbol, LATELY).length > 1;
}
