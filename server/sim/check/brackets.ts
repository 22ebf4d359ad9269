/**
 * I4, I5: an entry leaves only as a bracket with its stop, and at the exchange no entry fills whose stop was never sent.
 * I10: every price is on the grid and on its side of the entry.
 */
import type { PlaceBracket } from '../../engine/model/command';
import type { OrderSpec } from '../../engine/model/order';
import type { Watcher, World } from '../world';
import { cycleOf, isInBook, isOurs, roleOf } from './ours';

const PRICE_GRID = 0.25;

export function bracketsAreWhole(): Watcher {
  const stops = new Set<string>();
  let requests = 0;
  let fills = 0;
  return {
    commanded: (world, command) => {
      if (command.type === 'PlaceBracket') judge(world, command);
      else if (command.type === 'PlaceOrder' && (command.order.role === 'entry' || !command.order.reduceOnly))
        world.violate('I5', `${command.order.ref} is sent as an entry without a bracket.`);
      if (command.type === 'PlaceOrder' || command.type === 'ModifyOrder') onGrid(world, command.order);
    },
    always: (world) => {
      const { truth } = world;
      for (; requests < truth.requests.length; requests++) {
        const request = truth.requests[requests];
        if (!request) continue;
        const ref = request.orderRef ?? '';
        if (roleOf(ref) === 'stop') stops.add(cycleOf(ref));
        if (isOurs(ref) && roleOf(ref) === 'entry' && request.transmit)
          world.violate('I5', `${ref} is transmitted before its stop.`);
        for (const price of [request.lmtPrice, request.auxPrice]) {
          const odd = price !== undefined && !(price >= 0 && Number.isInteger(price / PRICE_GRID));
          if (odd) world.violate('I10', `${request.orderRef} has the price ${price}.`);
        }
      }
      for (; fills < truth.fills.length; fills++) {
        const ref = truth.fills[fills]?.execution.orderRef ?? '';
        if (!isOurs(ref) || roleOf(ref) !== 'entry' || stops.has(cycleOf(ref))) continue;
        // parked at a gateway that has forgotten its ids too: a bracket under the same ids transmits it (seed 310100294)
        if (isInBook(world, ref)) world.violate('I5', `${ref} filled, and its stop was never sent.`);
        else world.count('excused:I5:forgotten');
      }
    },
  };
}

function judge(world: World, { entry, target, stop }: PlaceBracket): void {
  const direction = entry.side === 'BUY' ? 1 : -1;
  const children = [target, stop];
  const whole =
    stop.type === 'STP' &&
    stop.triggerTicks !== null &&
    children.every((child) => child.side !== entry.side && child.quantity === entry.quantity) &&
    children.every((child) => child.parentRef === entry.ref && child.reduceOnly);
  if (!whole) world.violate('I4', `${entry.ref} has no stop for all of it.`);
  for (const spec of [entry, target, stop]) onGrid(world, spec);
  const from = entry.limitTicks ?? reference(world, entry.ref);
  const [risk, reward] = [
    (from - (stop.triggerTicks ?? 0)) * direction,
    ((target.limitTicks ?? 0) - from) * direction,
  ];
  const { minDistanceTicks } = world.limits;
  if (!(risk >= minDistanceTicks && reward >= minDistanceTicks))
    world.violate('I10', `${entry.ref}: ${risk} ticks of risk, ${reward} of reward.`);
}

/** What a market order was measured against. */
function reference(world: World, ref: string): number {
  return world.worker.state?.cycles[cycleOf(ref)]?.plan?.entryTicks ?? Number.NaN;
}

function onGrid(world: World, { ref, limitTicks, triggerTicks, quantity }: OrderSpec): void {
  const bad = [limitTicks, triggerTicks].some(
    (ticks) => ticks !== null && !(Number.isInteger(ticks) && ticks > 0),
  );
  if (bad) world.violate('I10', `${ref}: ${limitTicks} and ${triggerTicks} are not prices.`);
  if (!(Number.isInteger(quantity) && quantity > 0))
    world.violate('I10', `${ref} is for ${quantity} contracts.`);
}
