/** From a fill that was heard of to the broker's word that a stop covers it: for a bracket, for a position that somebody opened by hand, and bare. */
import type { BrokerEvent } from '../server/engine/model/event';
import { isLive } from '../server/engine/model/order';
import type { JournalEntry } from '../server/engine/model/step';
import { type Seat, takeSeat } from './desk';
import { bareHand } from './hand';
import { figure, portion, ratio, type Section, spreadOf } from './section';
import { openStage, type Stage, until } from './stage';

const TICK = 0.25;

/** Two moments of one sample, ms; it is under way until both have come. */
class Stopwatch {
  private heardMs: number | null = null;
  private coveredMs: number | null = null;

  begin(): void {
    this.heardMs = null;
    this.coveredMs = null;
  }

  heard(): void {
    this.heardMs ??= performance.now();
  }

  covered(): void {
    if (this.heardMs !== null) this.coveredMs ??= performance.now();
  }

  async taken(): Promise<number> {
    await until(() => this.coveredMs !== null, 'Protection');
    return (this.coveredMs ?? 0) - (this.heardMs ?? 0);
  }
}

const isProtected = (entries: readonly JournalEntry[]) =>
  entries.some(({ facts }) => facts.some((fact) => fact.type === 'PositionProtected'));

async function atRest({ loop }: Seat): Promise<void> {
  const quiet = () =>
    !Object.values(loop.state.orders).some(isLive) &&
    Object.values(loop.state.positions).every(({ quantity }) => quantity === 0) &&
    !Object.values(loop.state.cycles).some(({ phase }) => phase === 'open' || phase === 'entering');
  await until(quiet, 'The end of the last trade');
}

async function brackets(stage: Stage, samples: number): Promise<number[]> {
  const watch = new Stopwatch();
  const seat = await takeSeat({
    port: stage.gatewayPort,
    clientId: 61,
    told: (event) => {
      if (event.type === 'ExecutionReported' && event.execution.orderRef.endsWith(':entry')) watch.heard();
    },
    written: (entries) => isProtected(entries) && watch.covered(),
  });
  const taken: number[] = [];
  for (let n = 0; n < samples; n++) {
    await atRest(seat);
    watch.begin();
    const mark = seat.mark('ES');
    await seat.signal({ symbol: 'ES', stopPrice: (mark - 150) * TICK, targetPrice: (mark + 150) * TICK });
    taken.push(await watch.taken());
    const cycle = Object.values(seat.loop.state.cycles).find(({ phase }) => phase === 'open');
    if (cycle) await seat.press({ kind: 'ExitPosition', cycleId: cycle.cycleId, reason: 'bench' });
  }
  await atRest(seat);
  await seat.leave();
  return taken;
}

/** Each another one: what was held a moment ago is taken for old news of IB's, and waited out. The account has margin for four. */
const OPENED = [1, -1, 2, -2, 3, -3] as const;

/** IB tells a client of nobody else's trades: the engine finds the position in a report, looks twice, adopts it and stops it. */
async function byHand(stage: Stage, samples: number): Promise<number[]> {
  const hand = await bareHand(stage.gatewayPort, 62);
  const watch = new Stopwatch();
  const shown = (event: BrokerEvent) =>
    event.type === 'BrokerReported' && event.report.positions.some(({ quantity }) => quantity !== 0);
  const seat = await takeSeat({
    port: stage.gatewayPort,
    clientId: 63,
    told: (event) => shown(event) && watch.heard(),
    written: (entries) => isProtected(entries) && watch.covered(),
  });
  const taken: number[] = [];
  for (let n = 0; n < samples; n++) {
    await atRest(seat);
    watch.begin();
    await hand.trade(OPENED[n % OPENED.length] ?? 1);
    // a worker that stood still asks for a report: the shortest way to one
    seat.loop.post({ type: 'WorkerStalled', forMs: 2_500 });
    taken.push(await watch.taken());
    const orphan = Object.values(seat.loop.state.cycles).find(({ phase }) => phase === 'open');
    const decision = { kind: 'DecideOrphan', decision: 'flatten', reason: 'bench' } as const;
    if (orphan) await seat.press({ ...decision, cycleId: orphan.cycleId });
  }
  await atRest(seat);
  await seat.leave();
  hand.leave();
  return taken;
}

async function bare(stage: Stage, samples: number): Promise<number[]> {
  const hand = await bareHand(stage.gatewayPort, 64);
  const taken: number[] = [];
  for (let n = 0; n < samples; n++) {
    // or the library's limiter would hold the stop back
    await new Promise((resolve) => setTimeout(resolve, 150));
    taken.push(await hand.buyAndStop());
  }
  hand.leave();
  return taken;
}

export const protection: Section = {
  about: "a fill heard of to the broker's word that a stop covers it",
  run: async (share) => {
    const stage = await openStage(['--port', '0']);
    const [many, some] = [portion(100, share, 3), portion(6, share, 2)];
    const own = spreadOf(await brackets(stage, many));
    const adopted = spreadOf(await byHand(stage, some));
    const peer = spreadOf(await bare(stage, many));
    stage.stop();
    const row = (n: number, of: typeof own) => ({
      trades: figure(n),
      'p50, ms': figure(of.p50),
      'p99, ms': figure(of.p99),
      'p50 to bare': ratio(of.p50, peer.p50),
    });
    return [
      {
        title:
          'Fill heard of -> protected by the word of the broker (paper gateway, real sockets, journal durable)',
        rows: {
          "a bracket's entry, its own stop": row(many, own),
          'opened by hand elsewhere: adopted, emergency stop': row(some, adopted),
          'bare @stoqey/ib: a stop sent at the fill, acknowledged': row(many, peer),
        },
        notes: [
          'What was opened elsewhere is heard of in a report: measured from the first that shows it, through the second that makes it certain.',
        ],
      },
    ];
  },
};
