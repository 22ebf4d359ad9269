/** L3: where our book and the broker differ, it is known within 30 s (5 s after a reconnect) and settled, or a person told, 15 s later. */
import type { Watcher } from '../world';
import type { EngineTime } from './engine-time';

const KNOWN_MS = { connected: 30_000, reconnected: 5_000 };
const SETTLED_MS = 15_000;

export function divergenceEnds(time: EngineTime): Watcher {
  const since = new Map<
    string,
    { actingMs: number; connections: number; alerts: number; reconnectedMs: number }
  >();
  let alerts = 0;
  let fills = 0;
  let positions: unknown = null;
  return {
    commanded: (_, command) => {
      if (command.type === 'SendAlert' && command.severity === 'critical') alerts += 1;
    },
    always: (world) => {
      const { truth, state } = world;
      if (!state) return;
      if (since.size === 0 && truth.fills.length === fills && state.positions === positions) return;
      fills = truth.fills.length;
      ({ positions } = state);
      for (const symbol of truth.symbols()) {
        const ours = state.positions[symbol]?.quantity ?? 0;
        if (ours === truth.position(symbol)) {
          since.delete(symbol);
          continue;
        }
        const { actingMs, connections } = time;
        const begun = since.get(symbol) ?? {
          actingMs,
          connections,
          alerts,
          reconnectedMs: Number.POSITIVE_INFINITY,
        };
        if (connections > begun.connections) begun.reconnectedMs = Math.min(begun.reconnectedMs, actingMs);
        since.set(symbol, begun);
        const late =
          actingMs - begun.actingMs > KNOWN_MS.connected + SETTLED_MS ||
          actingMs - begun.reconnectedMs > KNOWN_MS.reconnected + SETTLED_MS;
        if (late && alerts === begun.alerts)
          world.violate(
            'L3',
            `${symbol}: our book says ${ours}, the broker ${truth.position(symbol)}, and nobody is told.`,
          );
      }
    },
  };
}
