/** L7: a worker that slept, or whose clock jumped, asks the broker what is so before it sends anything. L9: what a person pressed is on the disk at once. */
import { isBrokerCommand } from '../../engine/model/command';
import type { Watcher } from '../world';
import { reading } from './reading';

const ASLEEP_MS = 2_000;
const DURABLE_MS = 250;

export function sleepersAsk(): Watcher {
  let asleepSinceMs: number | null = null;
  let unasked = false;
  return {
    always: (world) => {
      const { process } = world.worker;
      if (!process.alive) {
        asleepSinceMs = null;
        unasked = false;
      } else if (!process.awake) asleepSinceMs ??= world.ms;
      else if (asleepSinceMs !== null) asleepSinceMs = null;
    },
    stepped: (world, entries) => {
      const slept = asleepSinceMs !== null && world.ms - asleepSinceMs > ASLEEP_MS;
      if (slept && !unasked) {
        unasked = true;
        world.count('wokeUp');
      }
      if (entries.some(({ event }) => event.type === 'BrokerReported' || event.type === 'WorkerStarted'))
        unasked = false;
    },
    commanded: (world, command) => {
      if (!unasked || !isBrokerCommand(command) || command.type === 'RequestReport') return;
      world.violate('L7', `${command.type} is sent by a worker that slept, before it has asked.`);
    },
  };
}

export function clicksAreDurable(): Watcher {
  const seen = new Set<string>();
  let asleepMs = Number.NEGATIVE_INFINITY;
  const read = reading({
    restored: () => undefined,
    entry: ({ event }, world) => {
      if (event.type !== 'OperatorCommanded' || seen.has(event.command.commandId)) return;
      const { commandId, action } = event.command;
      seen.add(commandId);
      const clickedMs = world.clicked.get(commandId);
      const slow =
        world.disk.slowMs > DURABLE_MS || world.counts.has('slowDisk') || world.counts.has('diskFull');
      if (clickedMs === undefined || slow || asleepMs >= clickedMs) return;
      if (world.ms - clickedMs > DURABLE_MS)
        world.violate('L9', `${action.kind} was on the disk after ${world.ms - clickedMs} ms.`);
    },
  });
  return {
    always: (world) => {
      if (!world.worker.process.awake) asleepMs = world.ms;
    },
    stepped: (world) => read(world),
  };
}
