/**
 * What a worker remembers, in entries and bytes (decision 44): each memory is filled through the door that it comes in by, to its bound where
 * that is a number, and weighed as it is built again from the same text.
 */
import { createOrderIds, type OrderIds } from '../server/adapters/ib/order-ids';
import type { EngineEvent } from '../server/engine/model/event';
import { DEFAULT_LIMITS } from '../server/engine/model/limits';
import type { EngineState } from '../server/engine/model/state';
import { step } from '../server/engine/step';
import { Chain } from './chain';
import { weightOf } from './held';
import { figure, portion, type Section } from './section';

/** Of the chain's journal: some four days of trades, one in sixteen minutes. */
const ENTRIES = 16_000;
const KB_IN_MB = 1_024;
const SAMPLE = 5_000;
const CLIENT_ID = 17;
const DAYS_OF_EXECUTIONS = 3;
const DAY_OF_ORDERS = 26 / 24;
/** Parent, target, stop, and an exit. */
const ORDERS_A_TRADE = 4;

/** Several times as much as is remembered of what only a number bounds. */
function filled(begin: EngineState): EngineState {
  let state = begin;
  let seq = 1e6;
  const ts = Date.UTC(2025, 11, 20, 15);
  const hear = (times: number, event: (n: number) => EngineEvent) => {
    for (let n = 0; n < times; n += 1)
      state = step(state, { seq: ++seq, ts, hostMs: ts, event: event(n) }).state;
  };
  hear(6_000, (n) => ({ type: 'SignalReceived', signal: signalOf(n, ts) }));
  hear(2_000, (n) => ({ type: 'OperatorCommanded', command: commandOf(n) }));
  hear(1_000, (n) => ({
    type: 'CommissionReported',
    commission: { execId: `0000e0d5.${n}.01.01`, micros: 2_250_000 },
  }));
  return state;
}

const uuidOf = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

function signalOf(n: number, ts: number): Extract<EngineEvent, { type: 'SignalReceived' }>['signal'] {
  const prices = { entryPrice: null, stopPrice: 6_840 + n * 0.25, targetPrice: 6_860 + n * 0.25 };
  const what = { symbol: 'ES', action: 'EXIT', quantity: 1, orderType: 'MKT', confidence: 0.8 } as const;
  return {
    signalId: uuidOf(n),
    source: 'http:bench',
    strategy: 'breakout',
    createdTs: ts,
    ...what,
    ...prices,
  };
}

function commandOf(n: number): Extract<EngineEvent, { type: 'OperatorCommanded' }>['command'] {
  const action = { kind: 'Resume', scope: '*', reason: 'seen' } as const;
  return { commandId: uuidOf(n), operator: 'bench', via: 'cli', action };
}

/** An adapter that knows so many orders. */
function adapter(): OrderIds {
  const clock = { now: () => ({ ts: Date.UTC(2025, 11, 12), hostMs: 0 }) };
  const orderIds = createOrderIds(clock, CLIENT_ID, 0);
  for (let orderId = 1; orderId <= SAMPLE; orderId += 1) {
    const orderRef = `c-mixgdhc0-${orderId.toString(36)}:entry`;
    orderIds.placed(orderId, orderRef);
    orderIds.seen({ orderId, clientId: CLIENT_ID, permId: 1e9 + orderId, orderRef });
  }
  return orderIds;
}

function weighed(kept: unknown): { entries: number; kb: number } {
  const text = JSON.stringify(kept);
  const entries = Array.isArray(kept) ? kept.length : Object.keys(kept as object).length;
  return { entries, kb: weightOf(() => JSON.parse(text)) * KB_IN_MB };
}

export const memory: Section = {
  about: 'what a worker remembers, in entries and bytes',
  async run(share) {
    const chain = new Chain({ append: async () => undefined, saveSnapshot: async () => undefined });
    await chain.runTo(portion(ENTRIES, share, 2_000));
    const state = filled(chain.loop.state);
    const { maxDailyTrades, maxPositionContracts } = DEFAULT_LIMITS;
    // the most that the limits let: each contract of each entry and each exit an execution of its own
    const executionsMost = DAYS_OF_EXECUTIONS * maxDailyTrades * maxPositionContracts * 2;
    const ordersMost = Math.ceil(DAY_OF_ORDERS * maxDailyTrades * ORDERS_A_TRADE);
    const row = (kept: unknown, bound: string, most?: number) => {
      const { entries, kb } = weighed(kept);
      return {
        bound,
        entries: figure(entries),
        'kB in all': figure(kb),
        'bytes each': figure((kb * 1_024) / entries),
        ...(most !== undefined && {
          'at the default limits': `${figure(most)}: ${figure((kb / entries) * most)} kB`,
        }),
      };
    };
    const orderKb = (weightOf(adapter) / SAMPLE) * KB_IN_MB;
    return [
      {
        title: 'What a worker remembers',
        rows: {
          'signals, for duplicates': row(state.signals, 'a number'),
          'commands, for duplicates': row(state.commands, 'a number'),
          'charges before their execution': row(state.earlyCommissions, 'a number'),
          'bars of an instrument': row(state.bars.ES ?? [], 'a number'),
          'cycles, the newest ended and all open': row(state.cycles, 'a number'),
          'their orders': row(state.orders, 'those of these cycles'),
          "the day's equity": row(state.day.equity, 'a number'),
          executions: row(state.executions, 'three days', executionsMost),
          'orders, in the adapter': {
            bound: '26 hours',
            'bytes each': figure(orderKb * 1_024),
            'at the default limits': `${figure(ordersMost)}: ${figure(orderKb * ordersMost)} kB`,
          },
          'the whole state': row(state, ''),
        },
        notes: [
          `three days and 26 hours of the exchange; default limits: ${maxDailyTrades} entries a day of ${maxPositionContracts} contracts`,
        ],
      },
    ];
  },
};
