/** I18: what is written to the broker's socket is written by the worker that holds the lease. */
import type { Watcher } from '../world';

export function oneWorkerWrites(): Watcher {
  return {
    wrote: (world, by) => {
      if (world.disk.lease.holder === by) return;
      world.violate('I18', 'A worker that has lost the lease writes to the broker.');
    },
  };
}
