/** The socket is cut: until the worker's book is compared with the broker's again, and what of that is waiting before the first attempt. */
import { type Contract, EventName, IBApi, OrderAction, OrderType, SecType } from '@stoqey/ib';
import { type Seat, takeSeat } from './desk';
import { figure, portion, ratio, type Section, spreadOf } from './section';
import { openStage, type Stage, until } from './stage';

const CLIENT_ID = 71;
const BARE_ID = 75;
const SYMBOLS = ['ES', 'NQ', 'MES', 'MNQ'];
const TICK = 0.25;
const ROUNDS = 40;
/** What the peer has working: as many orders as our four positions. */
const RESTING = 8;
/** Between two cuts. */
const REST_MS = 400;
/** The first wait of a worker that was well; it grows only while sessions do not last, as they do not here. */
const FIRST_WAIT_MS = 250;

interface Round {
  /** Cut to compared, in all. */
  allMs: number;
  /** Of that, from the loss that was noticed to the first attempt. */
  waitMs: number;
}

async function ours(stage: Stage, rounds: number): Promise<Round[]> {
  let lostMs = 0;
  let triedMs = 0;
  const seat = await takeSeat({
    port: stage.tapPort,
    clientId: CLIENT_ID,
    symbols: SYMBOLS,
    timing: { backoffMostMs: FIRST_WAIT_MS },
    told: ({ type }) => {
      if (type === 'BrokerDisconnected') lostMs = performance.now();
      if (type === 'BrokerConnecting') triedMs = performance.now();
    },
  });
  await holdAll(seat);
  const taken: Round[] = [];
  for (let n = 0; n < rounds; n++) {
    await pause(REST_MS);
    const cutMs = performance.now();
    stage.cut();
    await seat.sees(() => seat.loop.state.reconciliation.phase !== 'clean');
    await seat.sees(() => seat.loop.state.reconciliation.phase === 'clean');
    taken.push({ allMs: performance.now() - cutMs, waitMs: triedMs - lostMs });
  }
  await seat.leave();
  return taken;
}

/** A position with its stop and target in each instrument: there is something to compare. */
async function holdAll({ signal, mark, loop }: Seat): Promise<void> {
  for (const symbol of SYMBOLS) {
    const [stopPrice, targetPrice] = [(mark(symbol) - 400) * TICK, (mark(symbol) + 400) * TICK];
    await signal({ symbol, stopPrice, targetPrice });
  }
  const covered = () =>
    Object.values(loop.state.cycles).filter(({ protection }) => protection.state === 'protected').length;
  await until(() => covered() === SYMBOLS.length, 'Protection of the positions');
}

/** The peer connects anew at once when it hears of the loss, with nothing to wait for, and asks for its open orders. */
async function bare(stage: Stage, rounds: number): Promise<number[]> {
  let ib = await connected(stage);
  const contract: Contract = { symbol: 'ES', secType: SecType.FUT, exchange: 'CME', currency: 'USD' };
  const conId = await new Promise<number>((resolve) => {
    ib.once(EventName.contractDetails, (_, { contract: found }) => resolve(found.conId ?? 0));
    ib.reqContractDetails(1, contract);
  });
  for (let id = 1; id <= RESTING; id++) {
    const order = {
      action: OrderAction.BUY,
      orderType: OrderType.LMT,
      lmtPrice: 100,
      totalQuantity: 1,
      transmit: true,
    };
    ib.placeOrder(id, { conId, exchange: 'CME' }, order);
  }
  await openOrders(ib);
  const taken: number[] = [];
  for (let n = 0; n < rounds; n++) {
    await pause(REST_MS);
    const lost = new Promise((resolve) => ib.once(EventName.disconnected, () => resolve(null)));
    const cutMs = performance.now();
    stage.cut();
    await lost;
    ib = await connected(stage);
    await openOrders(ib);
    taken.push(performance.now() - cutMs);
  }
  ib.disconnect();
  return taken;
}

async function connected({ tapPort }: Stage): Promise<IBApi> {
  const ib = new IBApi({ host: '127.0.0.1', port: tapPort, clientId: BARE_ID });
  ib.on(EventName.error, () => undefined);
  await new Promise((resolve) => {
    ib.once(EventName.nextValidId, resolve);
    ib.connect();
  });
  return ib;
}

function openOrders(ib: IBApi): Promise<void> {
  return new Promise((resolve) => {
    ib.once(EventName.openOrderEnd, () => resolve());
    ib.reqOpenOrders();
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export const reconnect: Section = {
  about: 'the socket is cut, until the book is compared with the broker’s again',
  run: async (share) => {
    const rounds = portion(ROUNDS, share, 5);
    const stage = await openStage();
    const own = await ours(stage, rounds);
    const peer = spreadOf(await bare(stage, rounds));
    stage.stop();
    const row = (samples: readonly number[]) => {
      const { p50, p99 } = spreadOf(samples);
      return { 'p50, ms': figure(p50), 'p99, ms': figure(p99), 'p50 to bare': ratio(p50, peer.p50) };
    };
    return [
      {
        title: 'The socket is cut -> reconciled: four positions with their brackets, the journal durable',
        rows: {
          'in all': { rounds: figure(rounds), ...row(own.map(({ allMs }) => allMs)) },
          'of that, the wait before the first attempt': row(own.map(({ waitMs }) => waitMs)),
          'without that wait': row(own.map(({ allMs, waitMs }) => allMs - waitMs)),
          'bare @stoqey/ib: connected again, open orders told': {
            rounds: figure(rounds),
            'p50, ms': figure(peer.p50),
            'p99, ms': figure(peer.p99),
          },
        },
        notes: [
          'The wait is drawn between 125 and 250 ms, so that a gateway which has just fallen is not met by all its clients at once.',
          'The peer waits for nothing and asks one question; ours asks for open and completed orders, executions, charges and positions.',
        ],
      },
    ];
  },
};
