import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningStack, startStack } from '../../e2e/support/stack';
import { isAlive, readReport } from './report';

/** Needs a built console, which `npm test` makes first. */
const built = existsSync(path.resolve(import.meta.dirname, '../../.next/BUILD_ID'));
const LONG_MS = 90_000;
/** A killed stack's children hear of it at once; the console takes its time to end, on a busy machine seconds. */
const ENDED_MS = 20_000;

let stack: RunningStack | undefined;
afterEach(async () => {
  await stack?.stop();
  stack = undefined;
});

const alive = (pids: readonly number[]) => pids.filter(isAlive);
const cli = (home: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [
    ...['--import', 'tsx', path.resolve(import.meta.dirname, '../cli/main.ts'), '--home', home, '--json'],
    ...args,
  ]);

describe.skipIf(!built)('the real processes of a stack', { timeout: LONG_MS }, () => {
  it('start, are found by the command line, and leave nothing behind', async () => {
    stack = await startStack({ demo: false });
    const { home } = stack;
    const pids = Object.values(stack.pids());
    expect(pids).toHaveLength(3);
    expect((await fetch(stack.baseURL)).status).toBe(200);

    const { stdout } = await cli(home, 'status');
    expect(JSON.parse(stdout)).toMatchObject({ view: { venue: { paper: true } } });

    await stack.stop();
    expect(alive(pids)).toEqual([]);
    expect(readReport(home)).toBeNull();
  });

  it('come back one by one when they are killed; the worker does not notice the console', async () => {
    stack = await startStack({ demo: false });
    const before = stack.pids();
    await stack.kill('web');
    await stack.waitReady();
    expect(stack.pids()).toMatchObject({ gateway: before.gateway, worker: before.worker });
    expect(stack.pids().web).not.toBe(before.web);
  });

  it('end when the stack itself is killed, and the next stack starts in the same folder', async () => {
    stack = await startStack({ demo: false });
    const { home } = stack;
    const pids = Object.values(stack.pids());
    const report = readReport(home);
    if (report === null) throw new Error('no report');
    process.kill(report.pid, 'SIGKILL');
    await expect.poll(() => alive(pids), { timeout: ENDED_MS }).toEqual([]);

    const next = await startStack({ demo: false, home });
    await next.stop();
    expect(readReport(home)).toBeNull();
  });
});
