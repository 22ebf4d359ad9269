/**
 * L7: a worker that slept, or whose clock jumped, asks the broker what is so before it sends anything. L9: what a person pressed is on the
 * disk at once, and what follows from it leaves within a second.
 */
import type { Command } from '../../engine/model/command';
import type { Watcher, World } from '../world';
import { reading } from './reading';

const ASLEEP_MS = 2_000;
const DURABLE_MS = 250;
const EFFECTIVE_MS = 1_000;

export function sleepersAsk(): Watcher {
  let asleepSinceMs: number | null = null;
  let unasked = false;
  let woken = false;
  const read = reading({
    restored: () => undefined,
    entry: ({ event }) => {
      if (event.type === 'BrokerReported' || event.type === 'WorkerStarted') unasked = false;
    },
  });
  return {
    always: (world) => {
      const { process } = world.worker;
      if (!process.alive) {
        asleepSinceMs = null;
        unasked = false;
      } else if (process.awake) {
        asleepSinceMs = null;
        woken = false;
      } else asleepSinceMs ??= world.ms;
    },
    stepped: read,
    commanded: (world) => {
      const slept = asleepSinceMs !== null && world.ms - asleepSinceMs > ASLEEP_MS;
      if (slept && !woken) {
        woken = true;
        unasked = true;
        world.count('wokeUp');
      }
      read(world);
    },
    wrote: (world, by) => {
      if (unasked && by === world.worker.process && !hasHeardUnwritten(world))
        world.violate('L7', 'A worker that slept writes to the broker before it has heard what is so.');
    },
  };
}

/** A disk that takes nothing tells of no report: the worker's own memory does. */
function hasHeardUnwritten({ worker: { state } }: World): boolean {
  const phase = state?.reconciliation.phase;
  return state?.journal.phase === 'failed' && (phase === 'clean' || phase === 'mismatch');
}

export function clicksAreDurable(): Watcher {
  const seen = new Set<string>();
  /** What a click led to in its own step, and when it was pressed. */
  const effects = new Map<Command, { kind: string; clickedMs: number }>();
  let asleepMs = Number.NEGATIVE_INFINITY;
  const read = reading({
    restored: () => undefined,
    entry: ({ event, commands }, world) => {
      if (event.type !== 'OperatorCommanded' || seen.has(event.command.commandId)) return;
      const { commandId, action } = event.command;
      seen.add(commandId);
      const clickedMs = world.clicked.get(commandId);
      if (clickedMs === undefined || isSlow(world) || asleepMs >= clickedMs) return;
      if (world.ms - clickedMs > DURABLE_MS)
        world.violate('L9', `${action.kind} was on the disk after ${world.ms - clickedMs} ms.`);
      for (const command of commands) effects.set(command, { kind: action.kind, clickedMs });
    },
  });
  return {
    always: (world) => {
      if (!world.worker.process.awake) asleepMs = world.ms;
    },
    stepped: read,
    commanded: (world, command) => {
      read(world);
      const effect = effects.get(command);
      effects.delete(command);
      if (!effect || isSlow(world) || asleepMs >= effect.clickedMs) return;
      const ms = world.ms - effect.clickedMs;
      if (ms > EFFECTIVE_MS) world.violate('L9', `${command.type} of ${effect.kind} left after ${ms} ms.`);
    },
  };
}

function isSlow({ disk, counts }: World): boolean {
  return disk.slowMs > DURABLE_MS || counts.has('slowDisk') || counts.has('diskFull');
}
