import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from './database';
import { denialAt, entryAt } from './fixtures';
import { openJournal } from './journal';
import { temporaryDatabase } from './temporary';

const CHILD = path.join(import.meta.dirname, 'crash.child.ts');
const KILLS = 3;

/** Lets a child append, kills it once it printed `appends` lines, and gives the last seq that it printed. */
async function lastSeqPrinted(databaseUrl: string, appends: number): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', CHILD, databaseUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (!child.stdout) throw new Error('The child has no output.');
  const closed = once(child, 'close');
  const printed: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (printed.push(Number(line)) === appends) child.kill('SIGKILL');
  }
  const [, signal] = await closed;
  expect(signal).toBe('SIGKILL');
  return printed.at(-1) ?? 0;
}

it('a worker killed with SIGKILL loses nothing that it was told is on disk, and leaves no half batch', async () => {
  const { databaseUrl } = temporaryDatabase();
  for (let kill = 1; kill <= KILLS; kill++) {
    const printed = await lastSeqPrinted(databaseUrl, kill * 50);
    const journal = await openJournal({ databaseUrl, engineVersion: '1.0.0' });
    const { entries, lastSeq } = await journal.recover();
    await journal.close();
    expect(lastSeq).toBeGreaterThanOrEqual(printed);
    expect(entries).toEqual(
      Array.from({ length: lastSeq }, (_, i) => (i % 2 === 0 ? denialAt(i + 1) : entryAt(i + 1))),
    );
    const { prisma, close } = await openDatabase(databaseUrl, 'reads');
    expect(await prisma.fact.count()).toBe((lastSeq / 2) * 3);
    expect(await prisma.cycle.findMany({ select: { quantity: true } })).toEqual([{ quantity: lastSeq }]);
    await close();
  }
}, 120_000);
