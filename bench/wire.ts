/** The paper gateway's own speed: frames a second towards one client and ten, and an order's way over the wire to its fill. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { FrameClient } from './frames';
import { figure, portion, ratio, type Section, spreadOf } from './section';
import { start } from './stage';
import type { Done, Push, Ready } from './wire-words';

const SPAN_MS = 4_000;
const WARM_MS = 1_000;
/** Exchange time between two waits for all clients: so much that the waiting is nothing beside the work, and no client falls far behind. */
const STEP_MS = 60_000;
const BARE_FRAMES = 2_000;
const ORDERS = 2_000;

interface End {
  child: ChildProcess;
  ready: Ready;
  /** @returns CPU time of the child so far, ms */
  push(push: Push): Promise<number>;
}

async function end(kind: 'gateway' | 'bare'): Promise<End> {
  const child = start('bench/wire.child.ts', [kind]);
  const [ready] = (await once(child, 'message')) as [Ready];
  const push = async (asked: Push) => {
    const done = once(child, 'message');
    child.send(asked);
    const [{ cpuMs }] = (await done) as [Done];
    return cpuMs;
  };
  return { child, ready, push };
}

interface Rate {
  /** Frames that all clients together received. */
  perSecond: number;
  /** The same for each second of CPU time that the serving process used. */
  perCpuSecond: number;
}

async function rate(
  spanMs: number,
  clients: readonly FrameClient[],
  step: () => Promise<number>,
): Promise<Rate> {
  const received = () => clients.reduce((sum, { frames }) => sum + frames, 0);
  const until = async (ms: number) => {
    const started = performance.now();
    let cpuMs = await step();
    while (performance.now() - started < ms) cpuMs = await step();
    return { elapsedMs: performance.now() - started, cpuMs };
  };
  const warm = await until(WARM_MS);
  const before = received();
  const { elapsedMs, cpuMs } = await until(spanMs);
  const frames = (received() - before) * 1_000;
  return { perSecond: frames / elapsedMs, perCpuSecond: frames / (cpuMs - warm.cpuMs) };
}

async function gatewayRate(spanMs: number, count: number): Promise<Rate> {
  const { child, ready, push } = await end('gateway');
  const clients = await Promise.all(Array.from({ length: count }, () => FrameClient.to(ready.port)));
  for (const [id, client] of clients.entries()) {
    await client.start(id + 1);
    for (const [i, conId] of ready.conIds.entries())
      client.send(97, i + 1, conId, ...Array<string>(6).fill(''), 'CME', '', '', '', '', 'AllLast', 0, 0);
  }
  const time = (client: FrameClient) => client.heard(() => client.send(49, 1), '49');
  const measured = await rate(spanMs, clients, async () => {
    const cpuMs = await push({ kind: 'advance', ms: STEP_MS });
    await Promise.all(clients.map(time));
    return cpuMs;
  });
  child.kill('SIGKILL');
  return measured;
}

async function bareRate(spanMs: number, count: number): Promise<Rate> {
  const { child, ready, push } = await end('bare');
  const clients = await Promise.all(Array.from({ length: count }, () => FrameClient.to(ready.port)));
  const echoed = (client: FrameClient) => client.heard(() => client.send(49, 1), '49');
  const measured = await rate(spanMs, clients, async () => {
    const cpuMs = await push({ kind: 'write', frames: BARE_FRAMES });
    await Promise.all(clients.map(echoed));
    return cpuMs;
  });
  child.kill('SIGKILL');
  return measured;
}

/** A one-lot order at the market: 114 fields, most of them empty. */
function marketOrder(orderId: number, conId: number): (string | number)[] {
  const said: Readonly<Record<number, string | number>> = {
    ...{ 0: 3, 1: orderId, 2: conId, 9: 'CME', 17: 1, 18: 'MKT', 21: 'DAY', 27: 1 },
    16: orderId % 2 === 1 ? 'BUY' : 'SELL',
  };
  return Array.from({ length: 114 }, (_, i) => said[i] ?? '');
}

/** @returns ms from the writing of each order to the execution (or, from a bare server, to its own bytes again) */
async function roundTrips(kind: 'gateway' | 'bare', count: number): Promise<number[]> {
  const { child, ready } = await end(kind);
  const client = await FrameClient.to(ready.port);
  if (kind === 'gateway') await client.start(1);
  const answer = kind === 'gateway' ? '11' : '3';
  const samples: number[] = [];
  for (let orderId = 1; orderId <= count; orderId += 1) {
    const order = marketOrder(orderId, ready.conIds[0] ?? 0);
    const started = performance.now();
    await client.heard(() => client.send(...order), answer);
    samples.push(performance.now() - started);
  }
  client.leave();
  child.kill('SIGKILL');
  return samples.slice(portion(count, 0.1));
}

export const wire: Section = {
  about: 'frames a second out of the paper gateway, and an order’s way to its fill',
  run: async (share) => {
    const spanMs = portion(SPAN_MS, share, 500);
    const rates: Record<string, Record<string, string>> = {};
    for (const count of [1, 10]) {
      const bare = await bareRate(spanMs, count);
      const ours = await gatewayRate(spanMs, count);
      rates[count === 1 ? 'one client' : `${count} clients`] = {
        'bare server': figure(bare.perSecond),
        'paper gateway': figure(ours.perSecond),
        'of the bare server': ratio(ours.perSecond, bare.perSecond),
        'per second of its CPU': figure(ours.perCpuSecond),
      };
    }
    const orders = portion(ORDERS, share, 200);
    const echo = spreadOf(await roundTrips('bare', orders));
    const fill = spreadOf(await roundTrips('gateway', orders));
    const row = ({ p50, p99 }: { p50: number; p99: number }) => ({
      'p50 ms': figure(p50),
      'p99 ms': figure(p99),
    });
    return [
      {
        title: 'Frames a second, all clients together: every trade of four futures, tick by tick',
        rows: rates,
        notes: [
          'The bare server writes the same ready-made frame; the gateway makes the trades and each frame.',
        ],
      },
      {
        title: 'A market order over the wire',
        rows: {
          'its bytes returned by a bare server': row(echo),
          'its execution from the paper gateway': {
            ...row(fill),
            'of the bare p50': ratio(fill.p50, echo.p50),
          },
        },
      },
    ];
  },
};
