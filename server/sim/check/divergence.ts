/** L3: where our book and the broker differ, it is known within 30 s (5 s after a reconnect) and settled, or a person told, 15 s later. */
import { type BrokerReport, brokerQuantity } from '../../engine/model/broker';
import type { Watcher, World } from '../world';
import type { EngineTime } from './engine-time';
import { Told } from './told';

const KNOWN_MS = { connected: 30_000, reconnected: 5_000 };
const SETTLED_MS = 15_000;

export function divergenceEnds(time: EngineTime): Watcher {
  const since = new Map<
    string,
    { actingMs: number; connections: number; alerts: number; reconnectedMs: number }
  >();
  const told = new Told();
  let fills = 0;
  let positions: unknown = null;

  /** The report after the reconnect crossed a fill of ours, and so said by chance what our book says: the next one is as soon as any other. */
  function agreedByChance({ state, count }: World, report: BrokerReport): void {
    for (const [symbol, begun] of since) {
      if (brokerQuantity(report, symbol) !== (state?.positions[symbol]?.quantity ?? 0)) continue;
      if (!Number.isFinite(begun.reconnectedMs)) continue;
      count('excused:L3:agreedByChance');
      begun.reconnectedMs = Number.POSITIVE_INFINITY;
      begun.connections = time.connections;
    }
  }

  return {
    commanded: (_, command) => told.hear(command),
    stepped: (world, entries) => {
      for (const { event } of since.size === 0 ? [] : entries) {
        if (event.type === 'BrokerReported') agreedByChance(world, event.report);
      }
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
          alerts: told.of(symbol),
          reconnectedMs: Number.POSITIVE_INFINITY,
        };
        if (connections > begun.connections) begun.reconnectedMs = Math.min(begun.reconnectedMs, actingMs);
        since.set(symbol, begun);
        const late =
          actingMs - begun.actingMs > KNOWN_MS.connected + SETTLED_MS ||
          actingMs - begun.reconnectedMs > KNOWN_MS.reconnected + SETTLED_MS;
        if (late && told.of(symbol) === begun.alerts)
          world.violate(
            'L3',
            `${symbol}: our book says ${ours}, the broker ${truth.position(symbol)}, and nobody is told.`,
          );
      }
    },
  };
}
