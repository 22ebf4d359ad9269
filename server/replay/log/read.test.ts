import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBotLog } from '../../../bench/bot-log';
import { DEFAULT_SETTING } from '../judge/setting';
import { InputError } from '../model/input-error';
import { reportOf } from '../report/assemble';
import { at, INCIDENT, readText, textOf } from '../testing/bot-log';
import { readLogs } from './read';

const TEXT = textOf(INCIDENT);
const DATA = path.join(import.meta.dirname, '../../../../shared/data');
const realLogs = ['bot-2025-12-26.log.gz', 'bot-2025-12-23.log.gz'].map((name) => path.join(DATA, name));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'interlock-replay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const where = path.join(folder, name);
  writeFileSync(where, content);
  return where;
}

describe('the log of 12 December', () => {
  it('tells what the bot knew when it placed 14812', async () => {
    const { orders, unread } = await readText(TEXT);
    expect(unread.count).toBe(0);
    expect(orders).toHaveLength(1);
    expect(orders[0]).toMatchObject({
      key: '14812@2025-12-12T14:53:13Z',
      symbol: 'ES',
      side: 'BUY',
      quantity: 1,
      type: 'LMT',
      asked: { entryPrice: 6890.5, stopPrice: null, targetPrice: null, protection: 'known' },
      signal: { action: 'SCALP_BUY', confidence: 0.36, trend: 'RANGE', volatility: 'MEDIUM' },
      advice: { verdict: 'WAIT', confidence: 0.5, enforced: false },
      held: { quantity: -1, by: 'broker' },
      market: { price: 6890.5 },
      lastTradeDate: '20251219',
      intent: { kind: 'unknown' },
      status: 'Filled',
      filled: 1,
      averagePrice: 6890.5,
    });
    expect(orders[0]?.evidence.map(({ line }) => line)).toEqual([3, 5, 7, 9, 11, 15, 13, 17, 19]);
  });

  it('is blocked for its missing protection and for the WAIT', async () => {
    const { orders } = reportOf(await readText(TEXT), DEFAULT_SETTING);
    expect(orders[0]?.verdict).toMatchObject({
      outcome: 'blocked',
      reasons: ['MISSING_PROTECTION', 'POSITION_OPEN', 'AWS_WAIT'],
    });
  });

  it.each([
    ['with the other form of the decision', TEXT.replace('50%', '50.0%')],
    ['with line ends of Windows', TEXT.replaceAll('\n', '\r\n')],
    ['without blank lines', TEXT.replaceAll('\n\n', '\n')],
    ['in UTC', TEXT.replaceAll('12 08:', '12 14:').replaceAll(' CST', ' UTC')],
    ['without a zone', TEXT.replaceAll(' CST', '')],
    ['with milliseconds', TEXT.replaceAll(' CST', '.000 CST')],
    [
      'with the order over several lines',
      TEXT.replaceAll(', ', ',\n    ')
        .replace(/alert: (.*),\n {4}(.*),\n {4}/, 'alert: $1, $2, ')
        .replaceAll(
          /(conf=0.36|trend=RANGE|Order 14812|qty=1.0|price=6890.50|filled=1.0|remaining=0.0),\n {4}/g,
          '$1, ',
        ),
    ],
  ])('reads the same %s', async (_, text) => {
    const [plain, other] = [await readText(TEXT), await readText(text)];
    const told = plain.orders.map(({ evidence: _, ...order }) => order);
    expect(other.orders.map(({ evidence: _, ...order }) => order)).toEqual(told);
    expect(other.unread.count).toBe(0);
  });

  it('reads the same in pieces of any size', async () => {
    const whole = await readText(TEXT);
    for (const size of [1, 7, 64, 333]) expect(await readText(TEXT, size)).toEqual(whole);
  });

  it('does not take computed levels for levels that were sent', async () => {
    const { orders } = await readText(textOf(INCIDENT.filter((line) => !line.includes('Telegram'))));
    expect(orders[0]?.asked).toMatchObject({ protection: 'unknown', stopPrice: null });
  });
});

describe('files', () => {
  it('are read gzipped, in several members, and in parts in any order', async () => {
    const [early, late] = [INCIDENT.slice(0, 5), INCIDENT.slice(5)];
    const parts = [
      file('bot.log', textOf(late)),
      file(
        'bot.log.1.gz',
        Buffer.concat([gzipSync(textOf(early.slice(0, 2))), gzipSync(textOf(early.slice(2)))]),
      ),
    ];
    const whole = await readText(TEXT);
    const { orders, sources } = await readLogs(parts);
    const told = (found: typeof orders) => found.map(({ evidence: _, ...order }) => order);
    expect(told(orders)).toEqual(told(whole.orders));
    expect(sources.map(({ lines }) => lines)).toEqual([10, 10]);
  });

  it('of processes that wrote side by side are read in time', async () => {
    const even = file('a.log', textOf(INCIDENT.filter((_, n) => n % 2 === 0)));
    const odd = file('b.log', textOf(INCIDENT.filter((_, n) => n % 2 === 1)));
    const { orders } = await readLogs([odd, even]);
    expect(orders).toMatchObject([{ orderId: 14_812, held: { quantity: -1 }, advice: { verdict: 'WAIT' } }]);
  });

  it('of a size tell the same whether every line is decoded or only those that an order rests on', async () => {
    const day = path.join(folder, 'day.log');
    // more than a window holds
    const { orders, heldBack } = await writeBotLog(day, 1_500_000);
    const nothing = file('nothing.log', '');
    const [alone, beside] = [await readLogs([day]), await readLogs([day, nothing])];
    expect([alone.orders.length, alone.suppressed.count]).toEqual([orders, heldBack]);
    expect(alone.suppressed).toEqual(beside.suppressed);
    expect(alone.orders).toEqual(beside.orders);
    expect(alone.sources[0]).toEqual(beside.sources[0]);
  });

  it('hand over each order when it has ended, before the log has', async () => {
    const day = path.join(folder, 'ends.log');
    const { orders } = await writeBotLog(day, 1_500_000);
    const handed: [orderId: number, bytes: number][] = [];
    let bytes = 0;
    const found = await readLogs([day], {
      onOrder: ({ orderId, status, executions }) => {
        expect([status, executions.length]).toEqual(['Filled', 1]);
        handed.push([orderId, bytes]);
      },
      onProgress: (progress) => {
        bytes = progress.bytes;
      },
    });
    expect(found.orders).toEqual([]);
    expect(handed.map(([orderId]) => orderId)).toEqual(Array.from({ length: orders }, (_, n) => 1_000 + n));
    expect(new Set(handed.map(([, at]) => at)).size).toBeGreaterThan(1);
  });

  it('that tell what became of an order a day later say that it belongs to none', async () => {
    const later = (text: string) => textOf([text.replace('2025-12-12', '2025-12-14')]);
    const status = '📊 Order 14812 status: Cancelled (filled=0.0, remaining=1.0, avg=0.00)';
    const days = `${TEXT}${later(at('09:00:00', 'Got last price: 6890.50'))}${later(at('09:05:00', status))}`;
    const { orders, caveats } = await readText(`${days}${later(at('09:06:00', status))}`);
    expect(orders).toMatchObject([{ orderId: 14_812, status: 'Filled' }]);
    expect(caveats.join(' ')).toContain('2 lines tell what became of orders');
  });

  it('of which one time stamp is damaged tell all of an order', async () => {
    const damaged = at('08:53:14', 'Got last price: 6890.50').replace('2025', '2095');
    const { orders } = await readText(textOf([...INCIDENT.slice(0, 8), damaged, ...INCIDENT.slice(8)]));
    expect(orders).toMatchObject([{ orderId: 14_812, status: 'Filled', executions: [{ price: 6890.5 }] }]);
  });

  it('that end in the middle of a line count that line, whatever it says', async () => {
    const cut = TEXT.slice(0, TEXT.indexOf('qty=-1') + 6);
    expect((await readText(cut)).unread).toMatchObject({ count: 1, shown: [{ line: 3 }] });
  });

  it('that are damaged are read as far as they go, and say so', async () => {
    const packed = gzipSync(TEXT.repeat(50));
    const { caveats } = await readLogs([file('cut.gz', packed.subarray(0, packed.length - 20))]);
    expect(caveats.join()).toContain('cut.gz is damaged or cut off');
  });

  it('that are not there are an error that says what to do', async () => {
    await expect(readLogs([path.join(folder, 'none.log')])).rejects.toThrow(InputError);
    await expect(readLogs([path.join(folder, 'none.log')])).rejects.toThrow('Nothing was replayed');
  });
});

describe('what cannot be read', () => {
  it('is counted and shown with its line', async () => {
    const lines = [...INCIDENT, at('08:54:00', 'Reconciled position: ES qty=?? secType=FUT')];
    expect((await readText(textOf(lines))).unread).toMatchObject({
      count: 1,
      shown: [{ line: 21, text: expect.stringContaining('qty=??') }],
    });
  });

  it('includes an order of which nothing tells the side', async () => {
    const { orders, unread } = await readText(
      textOf([at('08:54:00', 'parent-ack | orderId=7 status=Submitted')]),
    );
    expect(orders).toEqual([]);
    expect(unread.shown[0]?.why).toContain('Order 7 is named and not described');
  });

  it('is not an answer of the advisor in a word that nobody knows', async () => {
    const text = TEXT.replace('response: WAIT', 'response: MAYBE');
    const { orders, unread } = await readText(text);
    expect(unread.count).toBe(1);
    expect(orders[0]?.advice).toBeNull();
  });
});

it('an exit that was held back, and called placed, is counted once and is no order', async () => {
  const { orders, suppressed } = await readText(
    textOf([
      at('09:00:00', 'Duplicate signal submission blocked: %s (exit=%s)'),
      at(
        '09:00:00',
        "✅ Exit order placed: ID=OrderResult(orderId=0, message='Duplicate signal submission blocked')",
      ),
      at('09:00:09', '✅ Exit order placed: ID=OrderResult(orderId=0, status=Cancelled)'),
    ]),
  );
  expect(orders).toEqual([]);
  expect(suppressed.count).toBe(2);
});

it('a number that is placed again later is another order', async () => {
  const placed = (time: string, text: string) => at(time, `📝 Recorded order placement: ID=7, ${text}`);
  const { orders } = await readText(
    textOf([
      placed('09:00:00', 'BUY 1 ES'),
      placed('09:00:01', 'BUY 1 ES'),
      placed('10:30:00', 'SELL 2 MES'),
    ]),
  );
  expect(orders.map(({ key, symbol }) => [key, symbol])).toEqual([
    ['7@2025-12-12T15:00:00Z', 'ES'],
    ['7@2025-12-12T16:30:00Z', 'MES'],
  ]);
});

describe.skipIf(!realLogs.every(existsSync))('the real logs (skipped where ../shared/data is absent)', () => {
  it('give every order: 14 were recorded, two of them children; two of eleven exits opened a position', async () => {
    const report = reportOf(await readLogs(realLogs), DEFAULT_SETTING);
    expect(report.unread.count).toBe(0);
    expect(
      report.orders.map(({ order, verdict }) => [order.orderId, verdict.outcome, ...verdict.reasons]),
    ).toEqual([
      [2408, 'exit'],
      [2430, 'exit'],
      [2437, 'exit'],
      [2451, 'exit'],
      [2468, 'exit'],
      [2479, 'exit'],
      [1991, 'exit'],
      [1994, 'blocked', 'EXIT_WOULD_OPEN_POSITION'],
      [2012, 'exit'],
      [2087, 'blocked', 'EXIT_WOULD_OPEN_POSITION'],
      [2093, 'exit'],
      [1996, 'blocked', 'OFF_TICK_GRID'],
    ]);
    const bracket = report.orders
      .at(-1)
      ?.order.children.map(({ orderId, role, price }) => [orderId, role, price]);
    expect(bracket).toEqual([
      [1997, 'target', 6981.2],
      [1998, 'stop', 6978.66],
    ]);
    expect(report.suppressed.count).toBe(96);
  });
});
