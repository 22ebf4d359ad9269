import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings, type Settings } from '../settings';
import type { Planned } from './plan';
import { withFreePorts } from './ports';
import { answers } from './probe';
import { isAlive, type ProcessName, type StackReport } from './report';
import { type Stack, startStack } from './stack';

const FAKE = path.join(import.meta.dirname, 'testing/fake.child.ts');
const env = { ...process.env, NODE_ENV: 'test' } as const;

let home = '';
let settings: Settings;
let stack: Stack | undefined;
let latest: StackReport | undefined;
let failures: string[] = [];
let said: string[] = [];

beforeEach(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), 'interlock-stack-'));
  const ports = { INTERLOCK_WEB_PORT: '0', INTERLOCK_WORKER_PORT: '0', INTERLOCK_GATEWAY_PORT: '0' };
  settings = readSettings(await withFreePorts({ ...env, ...ports, INTERLOCK_HOME: home }));
  mkdirSync(settings.logsDir);
  latest = undefined;
  failures = [];
  said = [];
});
afterEach(async () => {
  await stack?.stop();
  rmSync(home, { recursive: true });
});

const diary = (): string[] => readFileSync(path.join(home, 'diary'), 'utf8').trim().split('\n');
const pidOf = (name: ProcessName) => latest?.processes.find((process) => process.name === name)?.pid ?? null;

function fake(name: ProcessName, port: number, after: ProcessName | null = null): Planned {
  return {
    name,
    args: ['--import', 'tsx', FAKE, name, String(port), path.join(home, 'diary')],
    env,
    ready: answers(`http://127.0.0.1:${port}/`),
    after,
  };
}

function start(plan: readonly Planned[], silentMs?: number): Stack {
  const events = {
    changed: (report: StackReport) => {
      latest = report;
    },
    say: (line: string) => said.push(line),
    failed: (name: ProcessName) => failures.push(name),
  };
  stack = startStack(settings, plan, events, silentMs);
  return stack;
}

const three = () => [
  fake('gateway', settings.gateway.port),
  fake('worker', settings.workerPort, 'gateway'),
  fake('web', settings.webPort),
];

describe('a stack', () => {
  it('is ready when all answer, and stops the console, the worker and the gateway in that order', async () => {
    const running = start(three());
    expect(await running.ready).toBe(true);
    expect(latest?.processes.map(({ state, starts }) => ({ state, starts }))).toEqual(
      Array.from({ length: 3 }, () => ({ state: 'ready', starts: 1 })),
    );
    const pids = latest?.processes.map(({ pid }) => pid) ?? [];

    await running.stop();
    const ended = diary().filter((line) => line.includes(' ended '));
    expect(ended.map((line) => line.split(' ')[0])).toEqual(['web', 'worker', 'gateway']);
    expect(pids.map((pid) => pid !== null && isAlive(pid))).toEqual([false, false, false]);
  });

  it('starts a process again when it is killed, and leaves the others alone', async () => {
    await start(three()).ready;
    const [worker, web] = [pidOf('worker'), pidOf('web')];
    if (worker === null) throw new Error('no worker');
    process.kill(worker, 'SIGKILL');
    await expect
      .poll(() => latest?.processes.find(({ name }) => name === 'worker'))
      .toMatchObject({
        state: 'ready',
        starts: 2,
      });
    expect(pidOf('worker')).not.toBe(worker);
    expect(pidOf('web')).toBe(web);
    expect(said).toContain('The worker was ended by SIGKILL. It starts again in 250 ms.');
  });

  it('tells of a process that lives and gives no sign of life, and when it is back', async () => {
    await start([fake('worker', settings.workerPort)], 1_000).ready;
    const state = () => latest?.processes[0]?.state;
    const pid = pidOf('worker');
    if (pid === null) throw new Error('no worker');
    process.kill(pid, 'SIGSTOP');
    await expect.poll(state).toBe('silent');
    expect(said.at(-1)).toMatch(/^The worker is SILENT: no sign of life for 1 s\./);
    process.kill(pid, 'SIGCONT');
    await expect.poll(state).toBe('ready');
    expect(said.at(-1)).toMatch(/^The worker is back after \d+ s of silence\.$/);
    expect(readFileSync(path.join(settings.logsDir, 'worker.log'), 'utf8')).toContain('"level":50');
  });

  it('keeps what its processes print as JSON lines, and shows warnings', async () => {
    await start([fake('web', settings.webPort)]).ready;
    const log = path.join(settings.logsDir, 'web.log');
    await expect.poll(() => said.some((line) => line.endsWith('WARN   plain words'))).toBe(true);
    const lines = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toContainEqual(expect.objectContaining({ level: 30, msg: 'listening' }));
  });

  it('fails when a process ends before it was ever ready, having shown what it said', async () => {
    const refuse = "console.error('Port 7496 is a live port.'); process.exit(1)";
    start([{ ...fake('worker', settings.workerPort), args: ['-e', refuse] }]);
    await expect.poll(() => failures).toEqual(['worker']);
    expect(said).toEqual([expect.stringMatching(/ worker {3}WARN {3}Port 7496 is a live port\.$/)]);
    expect(latest?.processes[0]).toMatchObject({ state: 'down', starts: 1 });
  });

  it('is not ready when it is stopped before', async () => {
    const running = start([
      { ...fake('web', settings.webPort), args: ['-e', 'setInterval(() => {}, 1000)'] },
    ]);
    await running.stop();
    expect(await running.ready).toBe(false);
  });
});
