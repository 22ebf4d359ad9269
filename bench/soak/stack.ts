/** What ships, running: the paper gateway and the worker, each the program that `npm start` starts, in a home of their own; and a link to the worker. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureKeys } from '../../server/adapters/signals/keys';
import type { EngineState } from '../../server/engine/model/state';
import { connectLink, type LinkClient } from '../../server/link/connect';
import { LOOSE } from '../desk';
import { lineOf, start } from '../stage';
import { lived } from './lived';
import type { Answered, Asked, Weight } from './scale';
import type { Planned } from './schedule';

export const WORKER_ID = 71;

export interface Soaked {
  readonly gatewayPort: number;
  readonly databaseUrl: string;
  /** What the worker began with. */
  readonly begin: EngineState;
  readonly link: LinkClient;
  /** @returns the worker's answer: `accepted`, `waiting` or `refused`, and why. */
  signal(signal: Readonly<Record<string, unknown>>): Promise<{ result: string; codes: readonly string[] }>;
  weigh(): Promise<{ worker: Weight; gateway: Weight }>;
  /** Writes the heaps of both to files that begin so. On a busy machine that takes longer than a worker's lease lives. */
  snapshot(name: string): Promise<void>;
  stop(): Promise<void>;
  /** Its home, with the journal. */
  remove(): void;
}

/** A Sunday evening: the first hours of a week without a roll. */
const BEGINS_AT = '2025-11-30T23:00:00Z';
/** The past trades that a client may ask for fill 40 MB in the first twenty minutes of wall time; so few are all there at once. */
const CACHE = ['--set', 'tradesRemembered=500'];
const WEIGHINGS = 4;
const BETWEEN_WEIGHINGS_MS = 2_000;
const SCALE = path.join(import.meta.dirname, 'scale.ts');

export interface StackOptions {
  symbols: readonly string[];
  speed: string;
  seed: string;
  faults: readonly Planned[];
}

export async function startSoaked({ symbols, speed, seed, faults }: StackOptions): Promise<Soaked> {
  const home = mkdtempSync(path.join(tmpdir(), 'interlock-soak-'));
  const databaseUrl = `file:${path.join(home, 'interlock.db')}`;
  const keysDir = path.join(home, 'keys');
  const plan = path.join(home, 'faults.jsonl');
  writeFileSync(plan, faults.map((planned) => `${JSON.stringify(planned)}\n`).join(''));
  const begin = await lived(databaseUrl, Date.parse(BEGINS_AT));
  ensureKeys(keysDir);
  const gateway = weighed('server/gateway/main.ts', [
    '--port',
    '0',
    '--market',
    'steady',
    '--speed',
    speed,
    '--seed',
    seed,
    '--faults',
    plan,
    '--at',
    BEGINS_AT,
    ...CACHE,
  ]);
  const { port: gatewayPort } = await lineOf<{ port: number }>(gateway, 'listening');
  const worker = weighed('server/worker/main.ts', [], {
    INTERLOCK_HOME: home,
    DATABASE_URL: databaseUrl,
    INTERLOCK_WORKER_PORT: '0',
    INTERLOCK_GATEWAY_PORT: String(gatewayPort),
    INTERLOCK_CLIENT_ID: String(WORKER_ID),
    INTERLOCK_SYMBOLS: symbols.join(','),
    INTERLOCK_CLOCK: 'tape',
    INTERLOCK_SPEED: speed,
    INTERLOCK_LIMITS: JSON.stringify(LOOSE),
  });
  const { port } = await lineOf<{ port: number }>(worker, 'The worker is ready.');
  let stopping = false;
  for (const [name, child] of Object.entries({ gateway, worker })) {
    child.once('exit', (code) => {
      if (stopping) return;
      console.error(`The ${name} ended (${code}): see above.`);
      process.exit(1);
    });
  }
  const key = readFileSync(path.join(keysDir, 'signal.key'), 'utf8').trim();
  const link = connectLink({ url: `ws://127.0.0.1:${port}`, keyFile: path.join(keysDir, 'link.key') });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', connection: 'close' };
  return {
    gatewayPort,
    databaseUrl,
    begin,
    link,
    signal: async (signal) => {
      const body = JSON.stringify(signal);
      const response = await fetch(`http://127.0.0.1:${port}/api/signals`, { method: 'POST', headers, body });
      return (await response.json()) as { result: string; codes: readonly string[] };
    },
    weigh: async () => {
      const [ofWorker, ofGateway] = await Promise.all([weightOf(worker), weightOf(gateway)]);
      return { worker: ofWorker, gateway: ofGateway };
    },
    snapshot: async (name) => {
      await ask<string>(worker, { snapshot: `${name}.worker.heapsnapshot` });
      await ask<string>(gateway, { snapshot: `${name}.gateway.heapsnapshot` });
    },
    stop: async () => {
      stopping = true;
      link.close();
      for (const child of [worker, gateway]) {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }
    },
    remove: () => rmSync(home, { recursive: true }),
  };
}

function weighed(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return start(file, args, { piped: true, flags: ['--expose-gc'], preload: [SCALE], env });
}

/** The least of a few over some seconds: what is under way at one moment, the text of a snapshot or an answer, is gone at the next. */
async function weightOf(child: ChildProcess): Promise<Weight> {
  const weights: Weight[] = [];
  while (weights.length < WEIGHINGS) {
    weights.push(await ask<Weight>(child, 'weigh'));
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_WEIGHINGS_MS));
  }
  const [least] = weights.sort((one, other) => one.dataMb - other.dataMb);
  return least as Weight;
}

async function ask<T>(child: ChildProcess, asked: Asked): Promise<T> {
  const answer = new Promise<T>((resolve) => {
    child.on('message', function hear(message: Answered<T> | string) {
      if (typeof message === 'string') return;
      child.off('message', hear);
      resolve(message.answered);
    });
  });
  child.send(asked);
  return answer;
}
