/** L2 and L3: healed and flattened, the account is flat at the broker, nothing works there, and our book says the same. */
import { isOver } from '../../engine/model/cycle';
import { isLive } from '../../engine/model/order';
import type { Watcher } from '../world';

export function comesToRest(): Watcher {
  return {
    atRest: (world) => {
      const { truth, state } = world;
      if (!state) return world.violate('L5', 'No worker is up.');
      for (const symbol of truth.symbols()) {
        if (truth.position(symbol) !== 0)
          world.violate('L2', `${truth.position(symbol)} ${symbol} are still held.`);
        const ours = state.positions[symbol]?.quantity ?? 0;
        if (ours !== truth.position(symbol)) {
          world.violate('L3', `${symbol}: our book says ${ours}, the broker ${truth.position(symbol)}.`);
        }
      }
      const working = truth.live().filter((order) => order.clientId !== 0);
      if (working.length > 0) {
        world.violate(
          'L2',
          `Still working: ${working.map((order) => `${order.orderRef} ${order.status}`).join(', ')}.`,
        );
      }
      const live = Object.values(state.orders).filter(isLive);
      if (live.length > 0) {
        world.violate(
          'L4',
          `In our book still live: ${live.map((o) => `${o.spec.ref} ${o.phase}`).join(', ')}.`,
        );
      }
      const open = Object.values(state.cycles).filter((cycle) => !isOver(cycle) && cycle.phase !== 'waiting');
      if (open.length > 0) {
        world.violate('L2', `Cycles still open: ${open.map((c) => `${c.cycleId} ${c.phase}`).join(', ')}.`);
      }
      if (state.flatten?.phase !== 'flat') {
        world.violate('L2', `Flatten ended as ${state.flatten?.phase}: ${state.flatten?.detail}`);
      }
    },
  };
}
