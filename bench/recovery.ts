/** How long a worker needs to be what it was, after years: a journal of a million entries, with the snapshots that the loop writes. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fill } from './million';
import { figure, portion, ratio, type Section } from './section';
import { start } from './stage';

const ENTRIES = 1_000_000;
const SLICE = 50_000;

interface Recovery {
  loadedMs: number;
  openMs: number;
  readMs: number;
  replayedMs: number;
  seq: number;
  replayedEntries: number;
  diverged: number;
}

async function recover(file: string): Promise<Recovery> {
  const child = start('bench/recovery.child.ts', [file]);
  const [recovery] = (await once(child, 'message')) as [Recovery];
  child.kill('SIGKILL');
  if (recovery.diverged > 0) throw new Error(`${recovery.diverged} entries were replayed otherwise.`);
  return recovery;
}

/** As after a restart of the machine: what it has in memory of the file is dropped. */
function forget(file: string): void {
  spawnSync('dd', [`of=${file}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0']);
}

export const recovery: Section = {
  about: 'start of a worker to its state being there, from a journal of a million entries',
  run: async (share) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'interlock-bench-'));
    try {
      const [entries, slice] = [portion(ENTRIES, share, 20_000), portion(SLICE, share, 5_000)];
      const { whole, bare } = await fill(folder, entries, slice);
      const bytes = statSync(whole).size;
      const warm = await recover(whole);
      forget(whole);
      const cold = await recover(whole);
      const without = await recover(bare);
      const perEntryMs = (without.replayedMs - without.openMs) / without.replayedEntries;
      const fullMs = without.openMs + perEntryMs * entries;
      const row = (of: Recovery) => ({
        'program loaded, s': figure(of.loadedMs / 1e3),
        'opened, s': figure((of.openMs - of.loadedMs) / 1e3),
        'read, s': figure((of.readMs - of.openMs) / 1e3),
        'replayed, s': figure((of.replayedMs - of.readMs) / 1e3),
        'all, s': figure(of.replayedMs / 1e3),
        'entries replayed': figure(of.replayedEntries),
        'to no snapshots': ratio(of.replayedMs, fullMs),
      });
      return [
        {
          title: `Start of the worker's process -> its state is there (${figure(entries)} entries, ${figure(bytes / 2 ** 20)} MiB)`,
          rows: {
            'with the snapshots that the loop writes': row(warm),
            'the same, nothing of the file in memory': row(cold),
            [`without snapshots, ${figure(slice)} entries`]: { ...row(without), 'to no snapshots': '' },
            [`without snapshots, ${figure(entries)} entries (extrapolated)`]: {
              'all, s': figure(fullMs / 1e3),
              'entries replayed': figure(entries),
              'to no snapshots': '1 x',
            },
          },
        },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
