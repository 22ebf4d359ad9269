import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTING } from '../judge/setting';
import { sideOf } from '../model/order-case';
import { orderCase, PLACED_TS, soundOrder } from '../testing/orders';
import { type Found, reportOf } from './assemble';
import { reportJson } from './json';
import { ReplayReport } from './report';

const HOUR = 3_600_000;
const orders = [
  soundOrder({ orderId: 3, ts: PLACED_TS + HOUR, signal: null }),
  orderCase({ orderId: 1 }),
  orderCase({
    orderId: 2,
    ts: PLACED_TS + 24 * HOUR * 3,
    intent: { kind: 'exit', why: '' },
    lastTradeDate: null,
  }),
];
const found: Found = {
  sources: [],
  orders,
  suppressed: { count: 0, shown: [] },
  unread: { count: 0, shown: [] },
  caveats: ['One more.'],
};

describe('a report', () => {
  const report = reportOf(found, DEFAULT_SETTING);

  it('has the orders in time, each with a verdict', () => {
    expect(report.orders.map(({ order, verdict }) => [order.orderId, verdict.outcome])).toEqual([
      [1, 'blocked'],
      [3, 'passed'],
      [2, 'exit'],
    ]);
  });

  it('has counts that add up, by first reason, by day and by intent', () => {
    const { byReason, byDay, byIntent, ...counts } = report.summary;
    expect(counts).toEqual({ orders: 3, blocked: 1, passed: 1, exit: 1, unknown: 0, protection: 0 });
    expect(byReason).toEqual([
      { code: 'MISSING_PROTECTION', first: 1, all: 1 },
      { code: 'AWS_WAIT', first: 0, all: 1 },
      { code: 'POSITION_OPEN', first: 0, all: 1 },
    ]);
    expect(byDay.map(({ day, orders: n }) => [day, n])).toEqual([
      ['2025-12-12', 2],
      ['2025-12-15', 1],
    ]);
    expect(Object.entries(byIntent).map(([kind, { orders: n }]) => [kind, n])).toEqual([
      ['entry', 2],
      ['exit', 1],
    ]);
  });

  it('tells of the orders that were asked for and judges them the same', () => {
    const one = reportOf(found, DEFAULT_SETTING, ({ orderId }) => orderId === 3);
    expect(one.orders).toEqual([report.orders[1]]);
    expect(one.summary.orders).toBe(1);
  });

  it('of so many orders that their tables would not fit keeps those of guards that refuse, and of one order the whole table', () => {
    const many = Array.from({ length: 2_001 }, (_, n) =>
      orderCase({ orderId: n, ts: PLACED_TS + n * 1_000 }),
    );
    const all = reportOf({ ...found, orders: many }, DEFAULT_SETTING);
    expect(new Set(all.orders.flatMap(({ verdict }) => verdict.rows.map((row) => row.verdict)))).toEqual(
      new Set(['deny']),
    );
    expect(all.caveats.join()).toContain('So many orders');
    const one = reportOf({ ...found, orders: many }, DEFAULT_SETTING, ({ orderId }) => orderId === 0);
    expect(one.orders[0]?.verdict.rows.length).toBeGreaterThan(20);
  });

  it('survives the way through JSON', () => {
    expect(ReplayReport.parse(JSON.parse([...reportJson(report)].join('')))).toEqual(report);
  });
});

it.each([
  ['BUY', 'BUY'],
  ['SCALP_SELL', 'SELL'],
  ['bot', 'BUY'],
  ['HOLD', null],
  ['BUYING', null],
])('%s is read as %s', (word, side) => {
  expect(sideOf(word)).toBe(side);
});
