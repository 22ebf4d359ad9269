/** The lease on the simulated disk, as `adapters/journal/lease.ts` keeps it: renewed while its holder lives, taken over when it does not. */
import type { Lease } from '../ports';
import type { SimProcess } from './process';

const LIFE_MS = 5_000;
const MARGIN_MS = 1_000;

interface Row {
  holder: SimProcess | null;
  renewedHostMs: number;
}

export class LeaseRow {
  private row: Row = { holder: null, renewedHostMs: 0 };

  get holder(): SimProcess | null {
    return this.row.holder;
  }

  /** @param process who asks */
  of(process: SimProcess): Lease {
    const now = () => process.clock.now().hostMs;
    let heldSinceMs = Number.NEGATIVE_INFINITY;
    let taken = false;
    return {
      acquire: async () => {
        const { holder, renewedHostMs } = this.row;
        const gone = holder === null || !holder.alive || now() - renewedHostMs > LIFE_MS;
        if (!gone && holder !== process) throw new Error('Another living worker trades this account.');
        heldSinceMs = now();
        this.row = { holder: process, renewedHostMs: heldSinceMs };
      },
      renew: async () => {
        taken = this.row.holder !== process;
        if (taken) throw new Error('Another worker took over: this one must stop.');
        heldSinceMs = now();
        this.row.renewedHostMs = heldSinceMs;
      },
      holds: () => this.row.holder !== null && now() - heldSinceMs < LIFE_MS - MARGIN_MS,
      mayHold: () => !taken,
      release: async () => {
        if (this.row.holder === process) this.row = { holder: null, renewedHostMs: 0 };
      },
    };
  }
}
