/** What every measurement stands on: a gateway and a tap in processes of their own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** A message of a client at the other end of its socket: IB's number of it, and its arrival in ns on the monotonic clock. */
export interface Frame {
  kind: string;
  atNs: bigint;
}

/** IB's number of the message. */
export const PLACE_ORDER = '3';

export interface Stage {
  gatewayPort: number;
  gatewayPid: number;
  tapPort: number;
  /** Everything that came through the tap so far. */
  frames: readonly Frame[];
  /** Arrival of the n-th further placeOrder frame, ns on the monotonic clock. */
  orders(count: number): Promise<bigint[]>;
  /** Cuts every connection through the tap, as a network does. */
  cut(): void;
  stop(): void;
}

const PAPER_GATEWAY = 'server/gateway/main.ts';
/** A measurement does not depend on the hour at which it is made. */
const STEADY = ['--market', 'steady'];

/** @param gatewayFile one that says on its output where it listens */
export async function openStage(
  gatewayArguments: readonly string[] = [],
  gatewayFile = PAPER_GATEWAY,
): Promise<Stage> {
  const market = gatewayFile === PAPER_GATEWAY ? STEADY : [];
  const gateway = start(gatewayFile, [...market, ...gatewayArguments], { piped: true });
  const { port: gatewayPort } = await lineOf<{ port: number }>(gateway, 'listening');
  const tap = start('bench/tap.ts', [String(gatewayPort)]);
  const [ready] = (await once(tap, 'message')) as [{ port: number }];
  const frames: Frame[] = [];
  tap.on('message', ({ kind, arrivedNs }: { kind: string; arrivedNs: string }) =>
    frames.push({ kind, atNs: BigInt(arrivedNs) }),
  );
  return {
    gatewayPort,
    gatewayPid: gateway.pid ?? 0,
    tapPort: ready.port,
    frames,
    orders: (count) =>
      new Promise((resolve) => {
        const arrivals: bigint[] = [];
        const listen = (message: { kind: string; arrivedNs: string }) => {
          if (message.kind !== PLACE_ORDER) return;
          arrivals.push(BigInt(message.arrivedNs));
          if (arrivals.length < count) return;
          tap.off('message', listen);
          resolve(arrivals);
        };
        tap.on('message', listen);
      }),
    cut: () => void tap.send('cut'),
    stop() {
      tap.kill('SIGKILL');
      gateway.kill('SIGKILL');
    },
  };
}

export interface Start {
  /** What it writes is read here. */
  piped?: boolean;
  /** For Node itself, as the script that a person uses has them. */
  flags?: readonly string[];
  /** Files that run before its own. */
  preload?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

export function start(
  file: string,
  args: readonly string[],
  { piped = false, flags = [], preload = [], env = {} }: Start = {},
): ChildProcess {
  const before = ['tsx', ...preload].flatMap((module) => ['--import', module]);
  return fork(path.join(root, file), args, {
    execArgv: [...flags, ...before],
    stdio: ['ignore', piped ? 'pipe' : 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
}

/** The line of a process's log that says `what`, as an object; what comes after it is read and not kept. */
export function lineOf<T>(child: ChildProcess, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += String(chunk);
      const line = text
        .split('\n')
        .find((candidate) => candidate.includes(`"${what}"`) && candidate.endsWith('}'));
      if (!line) return;
      child.stdout?.off('data', read).resume();
      resolve(JSON.parse(line) as T);
    };
    child.stdout?.on('data', read);
    child.once('exit', () => reject(new Error(`It ended before it said "${what}": ${text}`)));
  });
}

/** Resolves when `ready` says so; it is asked again every few ms. */
export async function until(ready: () => boolean, what: string, withinMs = 15_000): Promise<void> {
  const start = performance.now();
  while (!ready()) {
    if (performance.now() - start > withinMs)
      throw new Error(`${what} did not happen within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
