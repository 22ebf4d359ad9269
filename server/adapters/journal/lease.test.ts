import { spawnSync } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Lease } from '../../ports';
import { batchOf, entryAt } from './fixtures';
import { openJournal } from './journal';
import { LEASE_LIFE_MS, type LeaseOptions, openLease } from './lease';
import { temporaryDatabase } from './temporary';

/** Another process of this machine that lives as long as the test: the parent. */
const ALIVE = process.ppid;

function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

/** Two workers on one database, and the clock that both read. */
async function workers(second: Partial<LeaseOptions> = {}, first: Partial<LeaseOptions> = {}) {
  const { databaseUrl } = temporaryDatabase();
  const clock = { hostMs: 1_765_550_700_000 };
  const open = async (options: Partial<LeaseOptions>): Promise<Lease> => {
    const lease = await openLease({ databaseUrl, holder: 'a worker', now: () => clock.hostMs, ...options });
    onTestFinished(() => lease.release());
    return lease;
  };
  return {
    clock,
    first: await open({ holder: 'the first worker', pid: ALIVE, ...first }),
    second: await open(second),
  };
}

describe('the lease of an account', () => {
  it('refuses a second worker while the first lives, and says who it is', async () => {
    const { first, second } = await workers();
    await first.acquire('DU1');
    await expect(second.acquire('DU1')).rejects.toThrow(
      `Account DU1 is already traded by the first worker (process ${ALIVE} on `,
    );
    await first.renew();
  });

  it('is certain only while it was renewed so lately that nobody can have taken over (I18)', async () => {
    const { clock, first } = await workers();
    expect(first.holds()).toBe(false);
    await first.acquire('DU1');
    clock.hostMs += LEASE_LIFE_MS - 1_001;
    expect(first.holds()).toBe(true);
    clock.hostMs += 1;
    expect(first.holds()).toBe(false);
    await first.renew();
    expect(first.holds()).toBe(true);
  });

  it('does not stand in the way of another account', async () => {
    const { first, second } = await workers();
    await first.acquire('DU1');
    await second.acquire('DU2');
  });

  it('passes at once when its process is dead', async () => {
    const { first, second } = await workers({}, { pid: deadPid() });
    await first.acquire('DU1');
    await second.acquire('DU1');
    await expect(first.renew()).rejects.toThrow('this one must stop');
  });

  it('passes at once when it was released', async () => {
    const { first, second } = await workers();
    await first.acquire('DU1');
    await first.release();
    await second.acquire('DU1');
  });

  it('passes only after five seconds without a renewal when its process cannot be asked', async () => {
    const { clock, first, second } = await workers({}, { host: 'another machine', pid: deadPid() });
    await first.acquire('DU1');
    clock.hostMs += LEASE_LIFE_MS;
    await first.renew();
    clock.hostMs += LEASE_LIFE_MS;
    await expect(second.acquire('DU1')).rejects.toThrow('on another machine');
    clock.hostMs += 1;
    await second.acquire('DU1');
    await expect(first.renew()).rejects.toThrow('took over account DU1');
  });

  it('goes to one of two workers that try at once', async () => {
    const { first, second } = await workers({ pid: ALIVE });
    const tries = await Promise.allSettled([first.acquire('DU1'), second.acquire('DU1')]);
    expect(tries.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is renewed while the journal of the same worker writes, neither waiting for the other', async () => {
    const { databaseUrl } = temporaryDatabase();
    const lease = await openLease({ databaseUrl, holder: 'a worker' });
    const journal = await openJournal({ databaseUrl, engineVersion: '1.0.0' });
    onTestFinished(async () => {
      await journal.close();
      await lease.release();
    });
    await lease.acquire('DU1');
    // who waits for the other waits for ever, and is refused as busy
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => [journal.append(batchOf([entryAt(i + 1)])), lease.renew()]).flat(),
    );
  });

  it('is renewed only by who holds it', async () => {
    const { second } = await workers();
    await expect(second.renew()).rejects.toThrow('only by the worker that holds it');
  });
});
