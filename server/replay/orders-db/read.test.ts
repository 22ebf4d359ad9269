import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTING } from '../judge/setting';
import { InputError } from '../model/input-error';
import { reportOf } from '../report/assemble';
import { ReplayReport } from '../report/report';
import { pricedBy } from '../tape/price';
import { readTape } from '../tape/tape-file';
import { ENTRY_14812, ordersDb, type Row, temporaryFile } from '../testing/orders-db';
import { readOrdersDb } from './read';

const judged = (file: string) => reportOf(readOrdersDb(file), DEFAULT_SETTING);
const AT = Date.UTC(2025, 11, 12, 14, 53, 13, 215);

describe('an order database', () => {
  it('tells that 14812 had neither stop nor target', () => {
    const execution = {
      id: 1,
      order_id: 14_812,
      timestamp: '2025-12-12T14:53:20.388173',
      quantity: 1,
      price: 6890.5,
    };
    const report = judged(ordersDb({ orders: [ENTRY_14812], executions: [execution] }));
    const [one] = report.orders;
    expect(one?.verdict).toMatchObject({ outcome: 'blocked', reasons: ['MISSING_PROTECTION'] });
    expect(one?.order).toMatchObject({
      key: '14812@2025-12-12T14:53:13.215Z',
      ts: AT,
      symbol: 'ES',
      side: 'BUY',
      type: 'LMT',
      asked: { entryPrice: 6890.5, stopPrice: null, targetPrice: null, protection: 'known' },
      intent: { kind: 'unknown' },
      executions: [{ ts: AT + 7_173, quantity: 1, price: 6890.5 }],
      notes: [],
    });
    expect(one?.order.evidence[0]?.text).toContain(
      'order_id=14812 timestamp=2025-12-12T14:53:13.215566 symbol=ES',
    );
    expect(report.sources).toMatchObject([{ kind: 'orders database', lines: 2, firstTs: AT, lastTs: AT }]);
  });

  it('reads the bracket from the children, and the words of two versions', () => {
    const child = {
      ...ENTRY_14812,
      parent_order_id: 14_812,
      action: 'SELL',
      limit_price: null,
      entry_price: null,
    };
    const file = ordersDb({
      orders: [
        { ...ENTRY_14812, action: 'SCALP_BUY', order_type: 'LMT' },
        {
          ...child,
          order_id: 14_813,
          order_type: 'LIMIT',
          limit_price: 6898,
          timestamp: '2025-12-12T14:53:14',
        },
        {
          ...child,
          order_id: 14_814,
          order_type: 'STOP_LIMIT',
          stop_price: 6885.5,
          timestamp: '2025-12-12T14:53:15',
        },
      ],
      order_events: [
        {
          id: 1,
          order_id: 14_814,
          timestamp: '2025-12-12T14:53:16',
          event_type: 'STATUS_UPDATE',
          status: 'PreSubmitted',
        },
      ],
    });
    const report = judged(file);
    const [entry, ...children] = report.orders;
    expect(entry?.verdict.outcome).toBe('passed');
    expect(entry?.order).toMatchObject({
      intent: { kind: 'entry' },
      asked: { stopPrice: 6885.5, targetPrice: 6898 },
      children: [
        { orderId: 14_813, role: 'target', price: 6898, workingTs: null },
        { orderId: 14_814, role: 'stop', price: 6885.5, workingTs: Date.UTC(2025, 11, 12, 14, 53, 16) },
      ],
    });
    expect(children.map(({ verdict }) => verdict.outcome)).toEqual(['protection', 'protection']);
  });

  it('measures a market order against what its row says it filled at, where its executions are gone', () => {
    const row = { ...ENTRY_14812, order_type: 'MARKET', limit_price: null, entry_price: null };
    const { orders } = readOrdersDb(ordersDb({ orders: [row] }));
    expect(orders[0]).toMatchObject({ type: 'MKT', market: { ts: AT, price: 6890.5, by: 'own fill' } });
  });

  it('does not give an order what belongs to an older one of the same id', () => {
    const old = '2025-11-20T15:00:00';
    const file = ordersDb({
      orders: [ENTRY_14812],
      order_events: [
        { id: 1, order_id: 14_812, timestamp: old, event_type: 'PLACED', status: 'Placed' },
        {
          id: 2,
          order_id: 14_812,
          timestamp: '2025-12-12T14:53:13.215566',
          event_type: 'PLACED',
          status: 'Placed',
        },
      ],
      executions: [{ id: 1, order_id: 14_812, timestamp: old, quantity: 3, price: 6500 }],
    });
    const { orders, caveats } = readOrdersDb(file);
    expect(orders[0]).toMatchObject({
      executions: [],
      notes: [
        'The id was used 1 times before; those rows were written over.',
        'The row says 1 filled, its executions add up to 0.',
      ],
    });
    expect(caveats.join(' ')).toContain('1 placements in order_events have no row of their own');
  });

  it.each<[string, Row]>([
    ['quantity', { quantity: 0 }],
    ['quantity', { quantity: 1.5 }],
    ['quantity', { quantity: 9_007_199_254_740_993n }],
    ['action', { action: 'HOLD' }],
    ['action', { action: null }],
    ['order_type', { order_type: 'ICEBERG' }],
    ['timestamp', { timestamp: '2025-02-31T10:00:00' }],
    ['timestamp', { timestamp: '2025-22-12T10:00:00' }],
    ['timestamp', { timestamp: 'yesterday' }],
    ['limit_price', { limit_price: 'cheap' }],
    ['limit_price', { limit_price: Number.POSITIVE_INFINITY }],
    ['symbol', { symbol: Buffer.from([0xff, 0xfe]) }],
  ])('counts and shows a row whose %s cannot be read', (column, wrong) => {
    const { orders, unread } = readOrdersDb(ordersDb({ orders: [{ ...ENTRY_14812, ...wrong }] }));
    expect(orders).toEqual([]);
    expect(unread.count).toBe(1);
    expect(unread.shown[0]).toMatchObject({ line: 14_812, why: expect.stringContaining(`orders.${column}`) });
  });

  it('is refused with a sentence when it is none, and nothing is made of a file that is not there', () => {
    const none = temporaryFile('none.db');
    expect(() => readOrdersDb(none)).toThrow(/^There is no file .*none\.db\. Nothing was read/);
    expect(existsSync(none)).toBe(false);
    const text = temporaryFile('text.db');
    writeFileSync(text, 'orderId=14812\n'.repeat(200));
    expect(() => readOrdersDb(text)).toThrow(InputError);
  });
});

describe('a row of which values are damaged', () => {
  const SOUND: Row = {
    ...ENTRY_14812,
    order_id: 15_000,
    stop_loss: 6885.5,
    take_profit: 6898,
    confidence: 0.5,
  };
  /** What no bot means by a value of its kind. */
  const PRICES = ['limit_price', 'stop_price', 'entry_price', 'stop_loss', 'take_profit', 'avg_fill_price'];
  const damage = fc.oneof(
    fc.record({
      column: fc.constantFrom(...PRICES, 'quantity', 'confidence', 'filled_quantity'),
      value: fc.constantFrom('x', '6890,5', '', -1, Number.POSITIVE_INFINITY, Buffer.from([0xc3, 0x28])),
    }),
    fc.record({
      column: fc.constantFrom('action', 'order_type', 'timestamp', 'symbol', 'status'),
      value: fc.constantFrom('', '\u0000', 'B\u00dcY', null, Buffer.from('BUY')),
    }),
    fc.record({
      column: fc.constant('timestamp'),
      value: fc.constantFrom('2025-13-12T14:53:13', '2025-12-12', '14:53:13', '2025-12-12T25:00:00'),
    }),
  );

  it('is counted and shown, and the others are judged as if it were not there', () => {
    const alone = judged(ordersDb({ orders: [SOUND] })).orders.map(({ verdict }) => verdict);
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        const broken = {
          ...ENTRY_14812,
          ...Object.fromEntries(damages.map((one) => [one.column, one.value])),
        };
        const { orders, unread } = judged(ordersDb({ orders: [broken, SOUND] }));
        expect(unread).toMatchObject({ count: 1, shown: [{ line: 14_812 }] });
        expect(orders.map(({ verdict }) => verdict)).toEqual(alone);
      }),
      { seed: 14_812, numRuns: 60 },
    );
  });
});

describe('a database with broken bytes', () => {
  const whole = readFileSync(
    ordersDb({
      orders: Array.from({ length: 60 }, (_, n) => ({ ...ENTRY_14812, order_id: n + 1 })),
      executions: [{ id: 1, order_id: 1, timestamp: '2025-12-12T14:53:20', quantity: 1, price: 6890.5 }],
    }),
  );
  const file = temporaryFile('broken.db');

  it('is refused in words or read with every order judged', () => {
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 3 }),
        (changes, cut) => {
          const bytes = Buffer.from(whole);
          for (const { at, byte } of changes) bytes[at] = byte;
          writeFileSync(file, bytes.subarray(0, cut === 0 ? Math.floor(bytes.length / 2) : bytes.length));
          let report: ReplayReport;
          try {
            report = judged(file);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
            return;
          }
          const { orders, blocked, passed, exit, unknown, protection, byReason } =
            ReplayReport.parse(report).summary;
          expect(blocked + passed + exit + unknown + protection).toBe(orders);
          expect(byReason.reduce((sum, { first }) => sum + first, 0)).toBe(blocked);
        },
      ),
      { seed: 14_812, numRuns: 60 },
    );
  });
});

const REAL = path.resolve('../shared/data/orders-until-2025-12-12.db');
const REAL_TAPE = path.resolve('../shared/data/es-1m-2025-11-02_2025-12-12.csv.gz');
describe.skipIf(!existsSync(REAL))('the real order database (skipped where ../shared/data is not)', () => {
  it('has every row read and a verdict for each of its 827 orders without a parent', () => {
    const { summary, unread, orders } = judged(REAL);
    expect(unread.count).toBe(0);
    expect(summary.orders - summary.protection).toBe(827);
    expect([summary.unknown, summary.blocked + summary.passed]).toEqual([0, 827]);
    expect(summary.byReason.reduce((sum, { first }) => sum + first, 0)).toBe(summary.blocked);
    expect(summary.byReason.find(({ code }) => code === 'STALE_MARKET_DATA')?.first).toBe(27);
    const entry = orders.find(({ order }) => order.orderId === 14_812);
    expect(entry?.verdict.reasons).toEqual(['MISSING_PROTECTION']);
  });

  it('has a price of every order that stands first for none, with a tape', () => {
    const found = readOrdersDb(REAL);
    const orders = pricedBy(readTape(REAL_TAPE).bars, found.orders);
    const { summary } = reportOf({ ...found, orders }, DEFAULT_SETTING);
    expect([summary.unknown, summary.blocked + summary.passed]).toEqual([0, 827]);
    expect(summary.byReason.find(({ code }) => code === 'STALE_MARKET_DATA')?.first).toBe(0);
  });
});
