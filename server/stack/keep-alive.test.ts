import { describe, expect, it } from 'vitest';
import { keepAlive } from './keep-alive';
import { isAlive } from './report';

/** Runs `source` until it prints a line. */
function running(source: string): Promise<{ pid: number; stop(graceMs: number): Promise<void> }> {
  return new Promise((resolve) => {
    const kept = keepAlive(
      { name: 'fake', args: ['-e', source], env: process.env },
      {
        started: () => undefined,
        beat: () => undefined,
        said: () => resolve({ pid: kept.pid() ?? 0, stop: kept.stop }),
        ended: () => undefined,
      },
    );
  });
}

describe('a process that is kept alive', () => {
  it('is asked to end, and not started again', async () => {
    const kept = await running("console.log('here'); setInterval(() => {}, 1000)");
    await kept.stop(60_000);
    expect(isAlive(kept.pid)).toBe(false);
  });

  it('is killed when it does not listen, with the processes it started itself', async () => {
    const kept = await running(`
      process.on('SIGTERM', () => {});
      require('node:child_process').spawn(process.execPath, ['-e', "console.log('here'); setInterval(() => {}, 1000)"], { stdio: 'inherit' });
    `);
    await kept.stop(100);
    expect(isAlive(kept.pid)).toBe(false);
  });

  it('can be stopped while it waits for its next start', async () => {
    const lives: number[] = [];
    await new Promise<void>((resolve) => {
      const kept = keepAlive(
        { name: 'fake', args: ['-e', 'process.exit(1)'], env: process.env },
        {
          started: (pid) => lives.push(pid),
          beat: () => undefined,
          said: () => undefined,
          ended: () => void kept.stop(1_000).then(resolve),
        },
      );
    });
    expect(lives).toHaveLength(1);
  });
});
