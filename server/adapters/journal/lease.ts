/**
 * Exactly one worker may trade an account: whoever holds its row, renewed while it lives. Every change of hands raises the epoch,
 * and a row is only ever changed as it was read, so that of two workers that try at once one is refused.
 */
import { hostname } from 'node:os';
import type { Lease } from '../../ports';
import { openDatabase } from './database';
import { DatabaseError } from './errors';
import { migrate } from './migrate';

/** A holder whose process cannot be asked counts as gone after this long without a renewal, ms: renew every second. */
export const LEASE_LIFE_MS = 5_000;
/** The holder stops that much earlier: what it has just handed to the socket is still on its way. */
const MARGIN_MS = 1_000;

export interface LeaseOptions {
  databaseUrl: string;
  /** Who asks, in words for the operator, like `worker on 127.0.0.1:4010`. */
  holder: string;
  pid?: number;
  host?: string;
  now?: () => number;
}

interface Holder {
  holder: string;
  pid: number;
  host: string;
  renewedHostMs: number;
}

const NOBODY: Holder = { holder: 'nobody', pid: 0, host: '', renewedHostMs: 0 };

/** Makes the database if there is none. `release` also closes it. @throws DatabaseError when the database cannot be used. */
export async function openLease(options: LeaseOptions): Promise<Lease> {
  const { databaseUrl, holder, pid = process.pid, host = hostname(), now = Date.now } = options;
  await migrate(databaseUrl, { quickCheck: false });
  const database = await openDatabase(databaseUrl, 'lease');
  const leases = database.prisma.lease;
  let held: { account: string; epoch: number } | null = null;
  let heldSinceMs = 0;

  return {
    async acquire(account) {
      const seen = await leases.upsert({
        where: { account },
        create: { account, epoch: 0, ...NOBODY },
        update: {},
      });
      if (!isGone(seen, host, now())) throw new DatabaseError(heldBy(account, seen));
      const epoch = seen.epoch + 1;
      const askedMs = now();
      const { count } = await leases.updateMany({
        where: { account, epoch: seen.epoch, renewedHostMs: seen.renewedHostMs },
        data: { epoch, holder, pid, host, renewedHostMs: askedMs },
      });
      if (count === 0) throw new DatabaseError(`Another worker took account ${account} at the same moment.`);
      held = { account, epoch };
      heldSinceMs = askedMs;
    },

    async renew() {
      if (!held) throw new Error('A lease is renewed only by the worker that holds it.');
      const askedMs = now();
      const mine = held;
      // in plain SQL: for each new time Prisma would plan the same update anew, and remember a thousand plans of it
      const renewal = database.prisma.$executeRaw`
        UPDATE "Lease" SET "renewedHostMs" = ${askedMs} WHERE "account" = ${mine.account} AND "epoch" = ${mine.epoch}`;
      // a disk that takes nothing takes nobody else's lease either: it is not renewed, and `holds` says so in time
      const count = await renewal.catch(() => null);
      if (count === null) return;
      if (count === 1) {
        heldSinceMs = askedMs;
        return;
      }
      const { account } = held;
      held = null;
      throw new DatabaseError(
        `Another worker took over account ${account} while this one gave no sign of life: this one must stop.`,
      );
    },

    holds: () => held !== null && now() - heldSinceMs < LEASE_LIFE_MS - MARGIN_MS,

    mayHold: () => held !== null,

    async release() {
      // The row stays, so that its epoch goes on growing.
      const mine = held;
      held = null;
      if (mine) await leases.updateMany({ where: mine, data: { renewedHostMs: 0 } }).catch(() => undefined);
      await database.close();
    },
  };
}

function isGone(seen: Holder, host: string, hostMs: number): boolean {
  return hostMs - seen.renewedHostMs > LEASE_LIFE_MS || (seen.host === host && !isRunning(seen.pid));
}

/** Signal 0 only asks; EPERM means that the process is there and another user's. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function heldBy(account: string, { holder, pid, host }: Holder): string {
  return `Account ${account} is already traded by ${holder} (process ${pid} on ${host}): stop that worker first, or use another INTERLOCK_HOME for another account.`;
}
