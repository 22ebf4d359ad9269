/**
 * A long honest journal, made fast: the real loop against a broker that answers at once, trade after trade with the minutes between them.
 * Time is the script's own; what is written is what a worker would have written.
 */
import type { AdvisorAnswer } from '../server/engine/model/advisory';
import type { Command, PlaceBracket } from '../server/engine/model/command';
import type { EngineEvent } from '../server/engine/model/event';
import type { Instrument } from '../server/engine/model/instrument';
import type { BrokerOrderStatus, OrderSpec } from '../server/engine/model/order';
import { type EngineState, INITIAL_STATE } from '../server/engine/model/state';
import type { Clock, Journal } from '../server/ports';
import { EngineLoop } from '../server/worker/loop';
import { LOOSE } from './desk';

const START_TS = Date.UTC(2025, 11, 12, 14, 45);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The worker ticks more often; a loop that took nothing for longer would count as stalled. */
const TICK_MS = 1_900;
const MINUTES_HELD = 15;
const MARK = 27_400;
const CLIENT_ID = 7;

const GO: AdvisorAnswer = {
  verdict: 'GO',
  confidence: 0.7,
  words: 'Scripted.',
  trend: 'RANGE',
  volatility: 'MEDIUM',
  advisor: 'scripted',
  latencyMs: 0,
};

/** It never closes: the trades of ten years follow one another without nights. */
function future(symbol: string): Instrument {
  const day = (n: number) => START_TS + n * DAY_MS;
  const sessions = [-1, 1_800].map((n) => ({ openTs: day(n), closeTs: day(n === -1 ? 1_800 : 3_600) }));
  return {
    symbol,
    localSymbol: `${symbol}Z9`,
    conId: symbol.length,
    exchange: 'CME',
    currency: 'USD',
    tickSize: 0.25,
    multiplier: 50,
    lastTradeTs: day(3_600),
    sessions,
  };
}

export class Chain {
  readonly loop: EngineLoop;
  private ts: number;
  private ids = 0;
  private told: EngineEvent[] = [];
  private readonly clock: Clock;

  /** @param start where an earlier chain ended; from the beginning when there is none */
  constructor(
    journal: Pick<Journal, 'append' | 'saveSnapshot'>,
    start?: { state: EngineState; seq: number },
  ) {
    this.ids = start?.seq ?? 0;
    this.ts = START_TS + this.ids * 20_000;
    const clock: Clock = {
      now: () => ({ ts: this.ts, hostMs: this.ts }),
      after: () => () => undefined,
      sync: () => undefined,
    };
    this.clock = clock;
    this.loop = new EngineLoop(
      {
        journal,
        clock,
        dispatch: (command) => this.answer(command),
        ask: () => GO,
        onState: () => undefined,
        onJournalFailed: fail,
        onFatal: fail,
      },
      start ?? { state: INITIAL_STATE, seq: 0 },
    );
  }

  /** Goes on until so many entries are written. */
  async runTo(seq: number): Promise<void> {
    await this.comeUp();
    while (this.loop.seq < seq) {
      await this.enter();
      for (let minute = 0; minute < MINUTES_HELD && this.loop.seq < seq; minute++) await this.hold(minute);
      if (this.loop.seq < seq) await this.leave();
    }
  }

  /** Goes on until so many entries are written, and on until a position is held and protected. */
  async runUntilHeld(seq: number): Promise<void> {
    await this.runTo(seq);
    await this.leave();
    await this.enter();
  }

  private async comeUp(): Promise<void> {
    const account = { account: 'DU1234567', clientId: CLIENT_ID, serverVersion: 178, paper: true };
    await this.hear(
      { type: 'WorkerStarted', version: 'bench', replayedEntries: 0 },
      { type: 'LimitsChanged', limits: LOOSE, by: 'bench', why: 'A long journal.' },
      { type: 'BrokerConnecting', attempt: 1, why: 'first start' },
      ...['ES', 'MES'].map((symbol) => ({
        type: 'InstrumentResolved' as const,
        instrument: future(symbol),
      })),
      { type: 'BrokerConnected', ...account },
    );
  }

  private async enter(): Promise<void> {
    const up = this.ids % 2 === 0;
    const away = (ticks: number) => (MARK + (up ? ticks : -ticks)) * 0.25;
    await this.hear(this.quote('ES', MARK), {
      type: 'SignalReceived',
      signal: {
        signalId: `s-${++this.ids}`,
        source: 'http:bench',
        strategy: 'breakout',
        symbol: 'ES',
        action: up ? 'BUY' : 'SELL',
        quantity: 1,
        orderType: 'MKT',
        entryPrice: null,
        stopPrice: away(-20),
        targetPrice: away(30),
        confidence: 0.8,
        createdTs: this.clock.now().ts,
      },
    });
  }

  private async hold(minute: number): Promise<void> {
    await this.pass(MINUTE_MS);
    for (const symbol of ['ES', 'MES']) await this.hear(this.quote(symbol, MARK + minute), this.bar(symbol));
  }

  /** The target fills, and the group cancels the stop. */
  private async leave(): Promise<void> {
    const orders = Object.values(this.loop.state.orders).filter((order) => order.phase === 'Working');
    const [target, stop] = ['target', 'stop'].map((role) => orders.find(({ spec }) => spec.role === role));
    if (target) await this.hear(...this.filled(target.spec, target.spec.limitTicks ?? MARK));
    if (stop) await this.hear(this.status(stop.spec, 'Cancelled'));
    await this.pass(MINUTE_MS);
  }

  private async pass(ms: number): Promise<void> {
    const endTs = this.ts + ms;
    while (this.ts < endTs) {
      this.ts = Math.min(this.ts + TICK_MS, endTs);
      await this.hear({ type: 'ClockTicked' });
    }
  }

  private async hear(...events: readonly EngineEvent[]): Promise<void> {
    for (const event of events) {
      await this.loop.submit(event);
      for (let next = this.told.shift(); next; next = this.told.shift()) await this.loop.submit(next);
    }
  }

  private answer(command: Command): void {
    if (command.type === 'RequestReport') this.told.push(this.report(command.requestId));
    if (command.type === 'PlaceBracket') this.told.push(...this.worked(command));
  }

  /** The broker agrees with the book. */
  private report(requestId: number): EngineEvent {
    const { orders, positions } = this.loop.state;
    const working = Object.values(orders).filter((order) => order.phase === 'Working');
    return {
      type: 'BrokerReported',
      report: {
        requestId,
        openOrders: working.map(({ spec, whyHeld, brokerStatus }) => ({
          orderRef: spec.ref,
          ...idsOf(spec),
          clientId: CLIENT_ID,
          status: brokerStatus ?? 'Submitted',
          whyHeld,
          filled: 0,
          remaining: spec.quantity,
          symbol: spec.symbol,
          side: spec.side,
          quantity: spec.quantity,
          type: spec.type,
          limitTicks: spec.limitTicks,
          triggerTicks: spec.triggerTicks,
          ocaGroup: spec.ocaGroup ?? '',
        })),
        completedOrders: [],
        executions: [],
        commissions: [],
        positions: Object.values(positions)
          .filter(({ quantity }) => quantity !== 0)
          .map(({ symbol, quantity, lots }) => ({ symbol, quantity, averageTicks: lots[0]?.ticks ?? MARK })),
      },
    };
  }

  private worked({ entry, target, stop }: PlaceBracket): readonly EngineEvent[] {
    return [
      this.status(entry, 'PreSubmitted'),
      this.status(target, 'PreSubmitted', 'child'),
      this.status(stop, 'PreSubmitted', 'child,trigger'),
      this.status(entry, 'Submitted'),
      ...this.filled(entry, MARK),
      this.status(target, 'Submitted'),
      this.status(stop, 'PreSubmitted', 'trigger'),
    ];
  }

  private filled(spec: OrderSpec, priceTicks: number): readonly EngineEvent[] {
    const execId = `0000e0d5.${(++this.ids).toString(16)}.01.01`;
    const { ref: orderRef, symbol, side, quantity } = spec;
    const { permId, orderId } = idsOf(spec);
    const execution = { execId, orderRef, permId, orderId, symbol, side, quantity, priceTicks, ts: this.ts };
    return [
      { type: 'ExecutionReported', execution },
      this.status(spec, 'Filled'),
      { type: 'CommissionReported', commission: { execId, micros: 2_240_000 } },
    ];
  }

  private status(spec: OrderSpec, status: BrokerOrderStatus, whyHeld = ''): EngineEvent {
    const filled = status === 'Filled' ? spec.quantity : 0;
    return {
      type: 'OrderStatusReported',
      orderRef: spec.ref,
      ...idsOf(spec),
      status,
      filled,
      remaining: spec.quantity - filled,
      whyHeld,
    };
  }

  private quote(symbol: string, lastTicks: number): EngineEvent {
    const touch = { bidTicks: lastTicks, askTicks: lastTicks + 1, lastTicks };
    const bidSize = 1 + (++this.ids % 40);
    return { type: 'QuoteReceived', quote: { symbol, ...touch, bidSize, askSize: 12 } };
  }

  private bar(symbol: string): EngineEvent {
    const prices = { openTicks: MARK, highTicks: MARK + 3, lowTicks: MARK - 2, closeTicks: MARK + 1 };
    return { type: 'BarClosed', symbol, bar: { ts: this.ts - MINUTE_MS, ...prices, volume: 1_234 } };
  }
}

function fail(error: Error): never {
  throw error;
}

/** The broker's ids of an order, from what is unique about ours. */
function idsOf({ ref, role }: OrderSpec): { permId: number; orderId: number } {
  const number = Number.parseInt(ref.replace(/[^0-9]/g, '').slice(-9), 10) * 3;
  const orderId = number + ['entry', 'target', 'stop'].indexOf(role);
  return { permId: 1_000_000_000 + orderId, orderId };
}
