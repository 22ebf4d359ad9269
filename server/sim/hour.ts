/** One hour from its first event to its rest: the plan is performed, then all is healed and flattened, and must come to rest. */
import { netQuantity } from '../engine/model/cycle';
import { isLive, isSettling } from '../engine/model/order';
import type { Violation, World } from './world';

/** Exits of a position in any minute (I12): the next goes out when the first is a minute old. */
const ATTEMPTS = 6;
const ATTEMPTS_COME_BACK_MS = 60_000;

/** What was still on its way when the broker confirmed FLAT has arrived by then. */
const LATE_EFFECTS_MS = 4_000;
/** Executions that a status promised are waited for in five reports, two seconds apart. */
const SETTLES_MS = 10_000;

/** Performs the plan. Resolves with the first violation, or null when everything came to rest as it must. */
export async function runHour(world: World): Promise<Violation | null> {
  await world.start();
  for (const act of world.plan.acts) {
    world.schedule.at(world.plan.setting.startTs + act.atMs, () => world.perform(act));
  }
  await world.passUntil(world.plan.healMs);
  await comeToRest(world);
  return world.violation;
}

/** Nothing goes wrong any more and all is flattened: then everything must come to rest. */
export async function comeToRest(world: World): Promise<void> {
  world.heal();
  await world.passUntil(world.ms + world.plan.setting.quietMs);
  // who hears nothing presses again
  for (let tries = 0, heard = false; tries < 5 && !heard; tries++) {
    const commandId = world.click({ kind: 'Flatten', scope: '*', reason: 'The hour is over.' });
    const isHeard = () => world.state?.commands.includes(commandId) ?? false;
    await world.passUntil(world.ms + 2_000, isHeard);
    heard = isHeard();
  }
  const isFlat = () => world.state?.flatten?.phase === 'flat';
  await world.passUntil(world.ms + 20_000, isFlat);
  if (hasNoAttemptLeft(world)) await world.passUntil(world.ms + ATTEMPTS_COME_BACK_MS, isFlat);
  await world.passUntil(world.ms + LATE_EFFECTS_MS);
  await world.passUntil(world.ms + SETTLES_MS, () => !isUnderWay(world));
  for (const watcher of world.watchers) if (!world.violation) watcher.atRest?.(world);
}

function hasNoAttemptLeft({ state }: World): boolean {
  const { cycles = {}, orders = {} } = state ?? {};
  const exits = Object.values(orders).filter(({ spec }) => spec.role === 'exit');
  return Object.values(cycles).some(
    (cycle) =>
      netQuantity(cycle) !== 0 &&
      exits.filter(({ spec }) => spec.cycleId === cycle.cycleId).length >= ATTEMPTS,
  );
}

/** Executions that were promised, or an exit from what others traded while all came to rest (seed 900022521). */
function isUnderWay({ state }: World): boolean {
  return Object.values(state?.orders ?? {}).some(
    (order) => isSettling(order) || (order.spec.role === 'exit' && isLive(order)),
  );
}
