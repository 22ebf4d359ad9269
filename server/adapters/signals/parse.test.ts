/** What the edge takes and what it refuses, word for word. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFileLine, parseSignal } from './parse';

const SOURCE = { source: 'http:default' };
const TIME = '2025-12-12T14:53:13.215566Z';
const GOOD = {
  id: 'es-1',
  symbol: 'ES',
  action: 'BUY',
  quantity: 1,
  entry: 6890.5,
  stop: 6887.5,
  target: 6896.5,
  confidence: 0.6,
  strategy: 'opening range',
  time: TIME,
};
const bytes = (text: string) => new TextEncoder().encode(text);
const reasonFor = (change: Record<string, unknown>) => {
  const parsed = parseSignal({ ...GOOD, ...change }, SOURCE);
  return parsed.ok ? 'accepted' : parsed.detail;
};
const reasonForText = (text: string) => {
  const parsed = parseSignal(bytes(text), SOURCE);
  return parsed.ok ? 'accepted' : parsed.detail;
};

describe('our own format', () => {
  it('becomes a signal', () => {
    expect(parseSignal(bytes(JSON.stringify(GOOD)), SOURCE)).toEqual({
      ok: true,
      signal: {
        signalId: 'es-1',
        source: 'http:default',
        strategy: 'opening range',
        symbol: 'ES',
        action: 'BUY',
        quantity: 1,
        orderType: 'LMT',
        entryPrice: 6890.5,
        stopPrice: 6887.5,
        targetPrice: 6896.5,
        confidence: 0.6,
        createdTs: Date.UTC(2025, 11, 12, 14, 53, 13, 215),
      },
    });
  });

  it('is a MKT order when it has no entry price, and unnamed when it has no strategy', () => {
    const { id, symbol, action, quantity } = GOOD;
    const time = Date.UTC(2025, 11, 12);
    expect(parseSignal({ id, symbol, action, quantity, time }, SOURCE)).toMatchObject({
      ok: true,
      signal: {
        orderType: 'MKT',
        entryPrice: null,
        stopPrice: null,
        targetPrice: null,
        confidence: null,
        strategy: 'unnamed',
        createdTs: time,
      },
    });
  });

  it('passes a null stop and target on: the engine denies them where a person sees it', () => {
    expect(reasonFor({ stop: null, target: null })).toBe('accepted');
  });

  it('lets an exit through whatever prices it carries, for they mean nothing', () => {
    expect(reasonFor({ action: 'EXIT', orderType: 'MKT' })).toBe('accepted');
    expect(reasonFor({ action: 'EXIT', orderType: 'LMT', entry: null })).toBe('accepted');
  });

  it.each([
    [{ quantity: -1 }, 'quantity: Too small: expected number to be >=1.'],
    [{ quantity: 1.5 }, 'quantity: Invalid input: expected int, received number.'],
    [{ quantity: '1' }, 'quantity: Invalid input: expected number, received string.'],
    [{ quantity: 1_001 }, 'quantity: Too big: expected number to be <=1000.'],
    [{ entry: Number.NaN }, 'entry: Invalid input: expected number, received NaN.'],
    [{ stop: Number.POSITIVE_INFINITY }, 'stop: Invalid input: expected number, received Infinity.'],
    [{ target: -6896.5 }, 'target: Too small: expected number to be >0.'],
    [{ confidence: 50 }, 'confidence: Too big: expected number to be <=1.'],
    [{ symbol: 'es' }, 'symbol: expected the root of a future in capitals, such as ES.'],
    [{ action: 'HOLD' }, 'action: Invalid option: expected one of "BUY"|"SELL"|"EXIT".'],
    [{ id: 'a b' }, 'id: expected 1 to 64 of the characters A-Z a-z 0-9 . _ : -.'],
    [{ id: 'x'.repeat(65) }, 'id: expected 1 to 64 of the characters A-Z a-z 0-9 . _ : -.'],
    [{ strategy: 'a\nb' }, 'strategy: expected 1 to 64 printable characters.'],
    [{ size: 3 }, 'Unrecognized key: "size".'],
    [{ orderType: 'LMT', entry: undefined }, 'entry: a LMT entry needs its limit price.'],
    [{ orderType: 'MKT' }, 'entry: a MKT entry has no limit price.'],
    [
      { time: '2025-12-12T14:53:13' },
      'time: expected an ISO time with its zone, such as 2025-12-12T14:53:13Z.',
    ],
    [{ time: 1_765_551_193 }, 'time: expected ms since the epoch (this looks like seconds).'],
    [{ time: undefined }, 'time: expected an ISO time with its zone, or ms since the epoch.'],
    [{ time: '1970-01-01T00:00:00Z' }, 'time: expected a time between 2000 and 2100.'],
  ])('refuses %o', (change, why) => {
    expect(reasonFor(change)).toBe(why);
  });

  it('names every field that is wrong, not only the first', () => {
    expect(reasonFor({ quantity: 0, confidence: 2 })).toBe(
      'quantity: Too small: expected number to be >=1; confidence: Too big: expected number to be <=1.',
    );
  });
});

describe('bytes that are no honest JSON', () => {
  const text = JSON.stringify(GOOD);
  it.each([
    ['', 'empty: a signal is one JSON object'],
    ['[]', 'Invalid input: expected object, received array.'],
    ['null', 'Invalid input: expected object, received null.'],
    [text.replace('6890.5', '1e999'), 'entry: Invalid input: expected number, received Infinity.'],
    [
      text.replace('"quantity":1', '"quantity":1,"quantity":9'),
      'quantity: stands twice; which one is meant cannot be known',
    ],
    [
      text.replace('"quantity":1', '"quantity":1,"quantit\\u0079":9'),
      'quantity: stands twice; which one is meant cannot be known',
    ],
    [text.replace('{', '{"__proto__":{"action":"SELL"},'), 'Unrecognized key: "__proto__".'],
  ])('refuses %s', (body, why) => {
    expect(reasonForText(body)).toBe(why);
  });

  it('refuses what JSON has no word for', () => {
    expect(reasonForText(text.replace('6890.5', 'NaN'))).toMatch(/^not JSON: /);
    expect(reasonForText('{'.repeat(4_000))).toMatch(/^not JSON: /);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(parseSignal(new Uint8Array([0x7b, 0xff, 0x7d]), SOURCE)).toEqual({
      ok: false,
      code: 'MALFORMED_SIGNAL',
      detail: 'not valid UTF-8',
    });
  });

  it('does not take a brace or a key inside a text for a second key', () => {
    expect(reasonForText(text.replace('opening range', '}{ \\"id\\": quantity'))).toBe('accepted');
  });
});

describe('the order record of the bot', () => {
  const record = {
    order_id: 14_812,
    timestamp: TIME,
    symbol: 'ES',
    action: 'SCALP_BUY',
    quantity: 1,
    order_type: 'LIMIT',
    limit_price: 6890.5,
    entry_price: 6890.5,
    stop_loss: null,
    take_profit: null,
    confidence: null,
    atr: null,
    status: 'Filled',
    filled_quantity: 1,
    avg_fill_price: 6890.5,
    updated_at: TIME,
  };

  it('is read as the wish that it was', () => {
    expect(parseFileLine(record, { source: 'file' })).toEqual({
      ok: true,
      signal: {
        signalId: 'order-14812',
        source: 'file',
        strategy: 'bot',
        symbol: 'ES',
        action: 'BUY',
        quantity: 1,
        orderType: 'LMT',
        entryPrice: 6890.5,
        stopPrice: null,
        targetPrice: null,
        confidence: null,
        createdTs: Date.UTC(2025, 11, 12, 14, 53, 13, 215),
      },
    });
  });

  it('is a MKT order without a price when it says MARKET', () => {
    expect(parseFileLine({ ...record, order_type: 'MARKET' }, { source: 'file' })).toMatchObject({
      signal: { orderType: 'MKT', entryPrice: null },
    });
  });

  it.each([
    [{ action: 'HOLD' }, /^action: Invalid option/],
    [{ order_type: 'STOP_LIMIT' }, /^order_type: Invalid option/],
    [{ limit_price: null, entry_price: null }, /^limit_price: a LIMIT order needs its price/],
    [{ quantity: 1e6 }, /^quantity: Too big/],
    [{ leverage: 2 }, /^Unrecognized key: "leverage"/],
  ])('refuses %o', (change, why) => {
    const parsed = parseFileLine({ ...record, ...change }, { source: 'file' });
    expect(parsed.ok ? 'accepted' : parsed.detail).toMatch(why);
  });

  it('is not taken over HTTP', () => {
    expect(parseSignal(record, SOURCE).ok).toBe(false);
  });
});

describe('whatever comes', () => {
  const field = fc.oneof(
    fc.anything(),
    fc.double(),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 0, 1e308, '6890.5', null),
  );
  const nearlyGood = fc
    .dictionary(fc.constantFrom(...Object.keys(GOOD), '__proto__', 'orderType', 'constructor'), field, {
      maxKeys: 3,
    })
    .map((change) => ({ ...GOOD, ...change }));

  it('never throws, and never lets a number through that is not finite and in range', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyGood, fc.anything()), (input) => {
        for (const parsed of [parseSignal(input, SOURCE), parseFileLine(input, SOURCE)]) {
          if (!parsed.ok) {
            expect(parsed.detail).not.toBe('');
            continue;
          }
          const { quantity, createdTs, entryPrice, stopPrice, targetPrice, confidence } = parsed.signal;
          expect(Number.isSafeInteger(quantity) && quantity > 0 && quantity <= 1_000).toBe(true);
          expect(Number.isSafeInteger(createdTs)).toBe(true);
          for (const price of [entryPrice, stopPrice, targetPrice]) {
            expect(price === null || (Number.isFinite(price) && price > 0)).toBe(true);
          }
          expect(confidence === null || (confidence >= 0 && confidence <= 1)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws on bytes', () => {
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map(bytes),
      fc.string({ unit: 'binary' }).map(bytes),
    );
    fc.assert(
      fc.property(anyBytes, (input) => {
        expect(parseSignal(input, SOURCE).ok).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});
