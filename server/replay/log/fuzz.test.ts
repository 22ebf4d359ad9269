/** Logs that were cut, damaged, shuffled and interleaved: never a crash, and never another answer than the true one without saying so. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAlone } from '../judge/judge';
import { DEFAULT_SETTING } from '../judge/setting';
import type { OrderCase } from '../model/order-case';
import { INCIDENT, readText, textOf } from '../testing/bot-log';

const RUNS = { seed: 5, numRuns: 150 };
const truth = (await readText(textOf(INCIDENT))).orders[0] as OrderCase;

/** What the verdict rests on, one by one: each is the true one or not known. */
const FIELDS: Record<string, (order: OrderCase) => unknown> = {
  side: ({ side }) => side,
  quantity: ({ quantity }) => quantity,
  symbol: ({ symbol }) => symbol,
  signal: ({ signal }) => signal?.confidence ?? null,
  advice: ({ advice }) => advice?.verdict ?? null,
  held: ({ held }) => held?.quantity ?? null,
  entry: ({ asked }) => asked.entryPrice,
  stop: ({ asked }) => (asked.protection === 'known' ? asked.stopPrice : 'not known'),
  status: ({ status }) => status,
  average: ({ averagePrice }) => averagePrice,
  execution: ({ executions }) => executions[0]?.price ?? null,
};

function lies(order: OrderCase): string[] {
  return Object.entries(FIELDS).flatMap(([name, of]) => {
    const [said, true_] = [of(order), of(truth)];
    return said === true_ || said === null || said === 'not known' ? [] : [`${name}: ${String(said)}`];
  });
}

const line = fc.nat({ max: INCIDENT.length - 1 });

describe('a log of which', () => {
  it('a line is lost tells what is left, and nothing else', async () => {
    for (const [n] of INCIDENT.entries()) {
      const { orders } = await readText(textOf(INCIDENT.toSpliced(n, 1)));
      expect(orders.flatMap(lies)).toEqual([]);
      expect(orders.map((order) => judgeAlone(order, DEFAULT_SETTING).outcome)).not.toContain('passed');
    }
  });

  it('a line is cut tells the same or counts it', async () => {
    await fc.assert(
      fc.asyncProperty(line, fc.nat({ max: 260 }), async (n, length) => {
        const whole = INCIDENT[n] ?? '';
        const { orders } = await readText(textOf(INCIDENT.with(n, whole.slice(0, length))));
        expect(orders.flatMap(lies)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('bytes are not UTF-8, or are nothing at all, tells the same or counts the line', async () => {
    const byte = fc.constantFrom(0, 0xff, 0xc3, 0x80, 0x1b);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: 2_000 }), byte), { maxLength: 6 }), async (broken) => {
        const bytes = Buffer.from(textOf(INCIDENT));
        for (const [where, value] of broken) bytes[where % bytes.length] = value;
        const { orders } = await readText(bytes);
        expect(orders.flatMap(lies)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('letters stand where digits were counts the line', async () => {
    const numbered = INCIDENT.flatMap((text, n) =>
      [...text.matchAll(/\d+/g)].map((match) => [n, match.index] as const),
    );
    for (const [n, index] of numbered) {
      const text = INCIDENT[n] ?? '';
      const { orders } = await readText(
        textOf(INCIDENT.with(n, `${text.slice(0, index)}x${text.slice(index + 1)}`)),
      );
      expect(orders.flatMap(lies)).toEqual([]);
    }
  });

  it('lines of another process, of no process, or of nobody stand between its own tells the same', async () => {
    const noise = fc.constantFrom(
      'Error 1100, reqId -1: Connectivity between IBKR and Trader Workstation has been lost.',
      '2025-12-12 08:53:12 CST | INFO     | other:main:1 - Cycle start',
      '{"event": "heartbeat", "orderId": 9}',
      '    Stop-Loss: 6889.00 (below entry)',
      '\u{1F680}\u{1F680}',
      '',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(line, noise), { maxLength: 8 }), async (between) => {
        const lines = [...INCIDENT];
        for (const [n, text] of between) lines.splice(n, 0, text);
        const { orders, unread } = await readText(textOf(lines));
        expect(unread.count).toBe(0);
        expect(orders.map(lies)).toEqual([[]]);
      }),
      RUNS,
    );
  });
});

it('bytes of any kind are read without a crash', async () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom(...INCIDENT, '\n', '2025-', 'orderId=', 'Hybrid Pipeline', ' status: ')
      .map((text) => Buffer.from(text)),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 30 }),
      fc.integer({ min: 1, max: 500 }),
      async (pieces, size) => {
        const { orders } = await readText(Buffer.concat(pieces), size);
        for (const order of orders) judgeAlone(order, DEFAULT_SETTING);
      },
    ),
    RUNS,
  );
});
