/** From the press of Flatten to the last byte of the last exit at the other end of the socket, for one position and for twenty. */
import { IBApi, OrderAction, OrderType } from '@stoqey/ib';
import { withoutNagle } from './bare';
import { type Seat, takeSeat } from './desk';
import { FIRST_CON_ID, rootsOf } from './roots';
import { figure, portion, ratio, type Section, spreadOf } from './section';
import { type Frame, openStage, PLACE_ORDER, type Stage, until } from './stage';

const TICK = 0.25;
const SECOND_NS = 1_000_000_000n;
/** IB allows so many messages a second. */
const ALLOWED = 50;
/** Between two rounds: whatever limits a client has rest. */
const PAUSE_MS = 1_500;

interface Round {
  ms: number;
  /** Messages until the last exit, and in the busiest second until the account was flat. */
  messages: number;
  busiest: number;
}

/** @param from index of the first frame after the press */
function roundOf(frames: readonly Frame[], from: number, pressedNs: bigint): Round {
  const sent = frames.slice(from);
  const lastExit = sent.findLastIndex(({ kind }) => kind === PLACE_ORDER);
  const within = (n: number) =>
    sent.filter(({ atNs }) => atNs >= (sent[n]?.atNs ?? 0n) && atNs - (sent[n]?.atNs ?? 0n) < SECOND_NS);
  return {
    ms: Number((sent[lastExit]?.atNs ?? pressedNs) - pressedNs) / 1e6,
    messages: lastExit + 1,
    busiest: Math.max(0, ...sent.map((_, n) => within(n).length)),
  };
}

const rest = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

async function openPositions({ signal, mark, loop }: Seat, roots: readonly string[]): Promise<void> {
  const covered = () =>
    Object.values(loop.state.cycles).filter(({ protection }) => protection.state === 'protected').length;
  for (const [n, symbol] of roots.entries()) {
    const stopPrice = (mark(symbol) - 40) * TICK;
    await signal({ symbol, stopPrice, targetPrice: (mark(symbol) + 80) * TICK });
    // ten brackets are what entries may send in a second (decision 32): what waits too long is not sent at all
    if ((n + 1) % 10 === 0) await until(() => covered() === n + 1, `Protection of ${n + 1} positions`);
  }
  await until(() => covered() === roots.length, `Protection of ${roots.length} positions`);
}

async function ours(stage: Stage, roots: readonly string[], rounds: number): Promise<Round[]> {
  const seat = await takeSeat({ port: stage.tapPort, clientId: 71, symbols: roots });
  const taken: Round[] = [];
  for (let n = 0; n < rounds; n++) {
    await openPositions(seat, roots);
    await rest();
    const from = stage.frames.length;
    const pressedNs = process.hrtime.bigint();
    await seat.press({ kind: 'Flatten', scope: '*', reason: 'bench' });
    await until(() => seat.loop.state.flatten?.phase === 'flat', 'A flat account');
    taken.push(roundOf(stage.frames, from, pressedNs));
    await seat.press({ kind: 'Resume', scope: '*', reason: 'bench' });
  }
  await seat.leave();
  return taken;
}

/** The peer sends as many market orders one after another, with nothing to think about and nothing to write down. */
async function bare(stage: Stage, count: number, rounds: number, maxReqPerSec: number): Promise<Round[]> {
  const ib = new IBApi({ host: '127.0.0.1', port: stage.tapPort, clientId: 72 + maxReqPerSec, maxReqPerSec });
  let orderId = await new Promise<number>((resolve) => {
    ib.once('nextValidId' as never, resolve as never);
    ib.connect();
  });
  withoutNagle(ib);
  const taken: Round[] = [];
  for (let n = 0; n < rounds; n++) {
    await rest();
    const from = stage.frames.length;
    const arrived = stage.orders(count);
    const startedNs = process.hrtime.bigint();
    const action = n % 2 === 0 ? OrderAction.BUY : OrderAction.SELL;
    for (let one = 0; one < count; one++) {
      const order = { action, orderType: OrderType.MKT, totalQuantity: 1, transmit: true };
      ib.placeOrder(orderId++, { conId: FIRST_CON_ID + one, exchange: 'CME' }, order);
    }
    await arrived;
    taken.push(roundOf(stage.frames, from, startedNs));
  }
  ib.disconnect();
  return taken;
}

export const flatten: Section = {
  about: "Flatten pressed to the last byte of the last exit, against IB's 50 messages a second",
  run: async (share) => {
    const rows: Record<string, Record<string, string>> = {};
    for (const [count, rounds] of [
      [1, portion(10, share, 2)],
      [20, portion(5, share, 2)],
    ] as const) {
      const stage = await openStage([String(count)], 'bench/futures.child.ts');
      const own = await ours(stage, rootsOf(count), rounds);
      const peer = await bare(stage, count, rounds, ALLOWED);
      stage.stop();
      const peerMs = spreadOf(peer.map(({ ms }) => ms)).p50;
      const row = (of: readonly Round[]) => {
        const { p50, p99 } = spreadOf(of.map(({ ms }) => ms));
        const messages = Math.max(...of.map((round) => round.messages));
        return {
          rounds: figure(of.length),
          'p50, ms': figure(p50),
          'worst, ms': figure(p99),
          'p50 to bare': ratio(p50, peerMs),
          'messages to the last exit': figure(messages),
          'busiest second, messages': figure(Math.max(...of.map(({ busiest }) => busiest))),
          'at one each 20 ms, ms': figure((messages - 1) * (1_000 / ALLOWED)),
        };
      };
      const what = `${count} position${count === 1 ? '' : 's'}`;
      rows[`${what}: Flatten pressed`] = row(own);
      rows[`${count} market order${count === 1 ? '' : 's'}: bare @stoqey/ib at ${ALLOWED} a second`] =
        row(peer);
    }
    return [
      {
        title:
          'Flatten pressed -> the last byte of the last exit at the other end of the socket (journal durable)',
        rows,
        notes: [`IB allows ${ALLOWED} messages a second: so many at once, or one each 20 ms.`],
      },
    ];
  },
};
