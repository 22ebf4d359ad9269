/** What happens to the worker's process, its clock and its disk. */
import type { Act } from './plan';
import type { Doing, Stage } from './stage';

type Does = 'crash' | 'stall' | 'clockForward' | 'twoWorkers' | 'slowDisk' | 'diskFull';

export const machinesDo: Doing<Does> = {
  crash,
  stall: ({ worker, schedule, count }, { forMs }) => {
    count('stall');
    worker.process.stop();
    schedule.after(forMs, () => worker.process.continue());
  },
  clockForward: ({ worker, count }, { ms }) => {
    count('clockJump');
    worker.process.setForward(ms);
  },
  twoWorkers: (stage, { sleepMs, clientId }) => stage.takeOver(sleepMs, clientId ?? stage.clientId),
  slowDisk: ({ disk, schedule, count }, { ms, forMs }) => {
    count('slowDisk');
    const usual = disk.slowMs;
    disk.slowMs = ms;
    schedule.after(forMs, () => {
      disk.slowMs = usual;
    });
  },
  diskFull: ({ disk, schedule, count }, { forMs }) => {
    count('diskFull');
    disk.failing = 'ENOSPC: no space left on device, write';
    if (forMs === undefined) return;
    schedule.after(forMs, () => {
      disk.failing = null;
    });
  },
};

function crash(stage: Stage, { point, downMs, clientId, restore }: Extract<Act, { kind: 'crash' }>): void {
  const { worker } = stage;
  if (!worker.alive) return;
  const crashed = () => stage.crash(downMs, clientId ?? stage.clientId, restore);
  if (point === 'now') {
    worker.kill();
    crashed();
    return;
  }
  worker.armCrash(point, () => {
    // another worker has taken over meanwhile
    if (stage.worker !== worker) return;
    stage.count(`crash:${point}`);
    crashed();
  });
}
