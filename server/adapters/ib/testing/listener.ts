/** The worker's place in a test: a broker of ours, everything it told, and waiting for what is still to come. */
import type { BrokerEvent } from '../../../engine/model/event';
import type { CycleId } from '../../../engine/model/ids';
import { orderRefOf } from '../../../engine/model/ids';
import type { OrderSpec } from '../../../engine/model/order';
import type { Broker } from '../../../ports';
import { hostAfter } from '../../clock/host';
import { createIbBroker } from '../broker';
import type { IbBrokerOptions, Log } from '../options';

export type EventOf<T extends BrokerEvent['type']> = Extract<BrokerEvent, { type: T }>;

/** For a failing test only, ms. */
const PATIENCE_MS = 30_000;

export const SILENT_LOG: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface Listener {
  broker: Broker;
  events: BrokerEvent[];
  /** The first event of that type at or after `from` that satisfies `test`, past or to come. */
  hears<T extends BrokerEvent['type']>(
    type: T,
    test?: (event: EventOf<T>) => boolean,
    from?: number,
  ): Promise<EventOf<T>>;
  all<T extends BrokerEvent['type']>(type: T): EventOf<T>[];
}

/** What is waited for comes soon, so that tests are short; what must not be missed has long, so that a slow machine does not fail them. */
export function listen(
  port: number,
  options: Partial<IbBrokerOptions> = {},
  at: { ts: number } = { ts: Date.parse('2025-12-12T14:45:00Z') },
): Listener {
  const events: BrokerEvent[] = [];
  const waiting = new Set<(event: BrokerEvent) => void>();
  const broker = createIbBroker({
    host: '127.0.0.1',
    port,
    clientId: 17,
    lastOrderId: 0,
    symbols: ['ES'],
    clock: { now: () => ({ ts: at.ts, hostMs: Date.now() }), after: hostAfter, sync: () => undefined },
    armedLiveAccount: null,
    log: SILENT_LOG,
    backoffFirstMs: 10,
    backoffMostMs: 40,
    heartbeatMs: 50,
    questionMs: 10,
    silenceMs: PATIENCE_MS,
    handshakeMs: PATIENCE_MS,
    answerMs: PATIENCE_MS,
    ...options,
  });
  broker.start((event) => {
    events.push(event);
    for (const hear of [...waiting]) hear(event);
  });

  function isOf<T extends BrokerEvent['type']>(type: T, event: BrokerEvent): event is EventOf<T> {
    return event.type === type;
  }

  return {
    broker,
    events,
    hears: (type, test = () => true, from = 0) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(
            new Error(`never heard ${type}; heard:\n${events.map((e) => JSON.stringify(e)).join('\n')}`),
          );
        }, PATIENCE_MS);
        const hear = (event: BrokerEvent) => {
          if (!isOf(type, event) || !test(event)) return;
          clearTimeout(timer);
          waiting.delete(hear);
          resolve(event);
        };
        waiting.add(hear);
        for (const event of events.slice(from)) hear(event);
      }),
    all: (type) => events.filter((event) => isOf(type, event)),
  };
}

const CYCLE = 'c-test-1' as CycleId;

/** An order of one ES contract; what a test does not name is a plain market buy. */
export function spec(role: OrderSpec['role'], fields: Partial<OrderSpec> = {}): OrderSpec {
  return {
    ref: orderRefOf(CYCLE, role),
    cycleId: CYCLE,
    role,
    symbol: 'ES',
    side: 'BUY',
    quantity: 1,
    type: 'MKT',
    limitTicks: null,
    triggerTicks: null,
    tif: 'DAY',
    ocaGroup: null,
    parentRef: null,
    reduceOnly: role !== 'entry',
    ...fields,
  };
}

/** Prices in ticks. */
export function bracket(prices: { target: number; stop: number; limit?: number }) {
  const entry = spec('entry', prices.limit === undefined ? {} : { type: 'LMT', limitTicks: prices.limit });
  const child = { side: 'SELL', tif: 'GTC', ocaGroup: `${CYCLE}:oca`, parentRef: entry.ref } as const;
  return {
    type: 'PlaceBracket',
    entry,
    target: spec('target', { ...child, type: 'LMT', limitTicks: prices.target }),
    stop: spec('stop', { ...child, type: 'STP', triggerTicks: prices.stop }),
  } as const;
}
