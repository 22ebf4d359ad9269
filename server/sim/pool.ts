/** Seeds over all cores: chunks of them, each process taking the next when it has ended one. */
import { fork } from 'node:child_process';
import path from 'node:path';

export interface Chunk {
  from: number;
  count: number;
  /** Each so-many-th seed is run twice and compared. */
  verifyEvery: number;
}

export interface Broken {
  seed: number;
  invariant: string;
  text: string;
  atMs: number;
}

export interface ChunkResult {
  from: number;
  count: number;
  /** Journal entries written. */
  entries: number;
  simulatedMs: number;
  /** Seeds that were run twice. */
  verified: number;
  counts: Record<string, number>;
  broken: Broken[];
}

const CHUNK = 100;

export interface PoolOptions {
  from: number;
  count: number;
  jobs: number;
  verifyEvery: number;
  /** @returns false when no more chunks are wanted. */
  done(result: ChunkResult): boolean;
}

/** @throws when a process of the pool dies. */
export async function runSeeds({ from, count, jobs, verifyEvery, done }: PoolOptions): Promise<void> {
  let next = from;
  const end = from + count;
  let wanted = true;
  const take = (): Chunk | null => {
    if (!wanted || next >= end) return null;
    const chunk = { from: next, count: Math.min(CHUNK, end - next), verifyEvery };
    next += chunk.count;
    return chunk;
  };
  const serve = () =>
    new Promise<void>((resolve, reject) => {
      const child = fork(path.resolve(import.meta.dirname, 'chunk.child.ts'), {
        // an hour is forgotten when it has ended: what lives so long need not be copied on the way
        execArgv: ['--max-semi-space-size=32', '--import', 'tsx'],
      });
      const feed = () => {
        const chunk = take();
        if (chunk) child.send(chunk);
        else child.disconnect();
      };
      child.on('message', (result: ChunkResult) => {
        wanted = done(result) && wanted;
        feed();
      });
      child.on('error', reject);
      child.on('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`A process of the simulation ended with ${code}.`));
      });
      feed();
    });
  await Promise.all(Array.from({ length: jobs }, serve));
}
