/** What is no signal, or a bad one, gets a precise 4xx with a reason code, a journal entry, and no order. */
import { expect, test } from '@playwright/test';
import { type Book, openBook, priceOf } from './support/book';
import { post, type SignalReply } from './support/signals';
import { type RunningStack, startStack } from './support/stack';

let stack: RunningStack;
let book: Book;
let price: number;

test.beforeAll(async () => {
  stack = await startStack({ demo: false, seed: 3, symbols: 'ES' });
  book = await openBook(stack);
  price = Math.round(await priceOf(book, 'ES'));
});

test.afterAll(async () => {
  await book.close();
  await stack.stop();
});

/** Asks again while the intake's own rate limit says 429: such a request was never looked at. */
async function answered(body: string): Promise<SignalReply> {
  let reply = await post(stack, body);
  await expect
    .poll(async () => {
      if (reply.status === 429) reply = await post(stack, body);
      return reply.status;
    })
    .not.toBe(429);
  return reply;
}

const good = () => ({
  symbol: 'ES',
  action: 'BUY',
  quantity: 1,
  entry: price,
  stop: price - 5,
  target: price + 5,
  time: new Date().toISOString(),
});

const refused: [string, () => string, number, string][] = [
  ['malformed', () => '{"symbol": "ES"', 400, 'MALFORMED_SIGNAL'],
  [
    'NaN',
    () => JSON.stringify({ id: 'nan', strategy: 'nan', ...good() }).replace(/"stop":[\d.]+/, '"stop":NaN'),
    400,
    'MALFORMED_SIGNAL',
  ],
  [
    'negative',
    () => JSON.stringify({ id: 'neg', strategy: 'neg', ...good(), quantity: -1 }),
    400,
    'MALFORMED_SIGNAL',
  ],
  [
    'an unknown field',
    () => JSON.stringify({ id: 'extra', strategy: 'extra', ...good(), leverage: 10 }),
    400,
    'MALFORMED_SIGNAL',
  ],
  [
    'oversized',
    () => JSON.stringify({ id: 'big', ...good(), strategy: 'x'.repeat(9_000) }),
    413,
    'OVERSIZED_SIGNAL',
  ],
  [
    'an unknown instrument',
    () => JSON.stringify({ id: 'zz', strategy: 'zz', ...good(), symbol: 'ZZ' }),
    422,
    'UNKNOWN_INSTRUMENT',
  ],
  [
    'off the tick grid',
    () => JSON.stringify({ id: 'grid', strategy: 'grid', ...good(), stop: price - 5.1 }),
    422,
    'OFF_TICK_GRID',
  ],
  [
    'stale',
    () =>
      JSON.stringify({
        id: 'old',
        strategy: 'old',
        ...good(),
        time: new Date(Date.now() - 60_000).toISOString(),
      }),
    422,
    'STALE_SIGNAL',
  ],
  [
    'from the future',
    () =>
      JSON.stringify({
        id: 'new',
        strategy: 'new',
        ...good(),
        time: new Date(Date.now() + 60_000).toISOString(),
      }),
    422,
    'FUTURE_SIGNAL',
  ],
  [
    'without a stop',
    () => JSON.stringify({ id: 'bare', strategy: 'bare', ...good(), stop: null }),
    422,
    'MISSING_PROTECTION',
  ],
];

for (const [what, body, status, code] of refused) {
  test(`${what}: ${status} ${code}, journaled, no order`, async () => {
    const before = (await book.view()).seq;
    const reply = await answered(body());
    expect(reply, JSON.stringify(reply)).toMatchObject({ status, result: 'refused' });
    expect(reply.codes).toContain(code);
    expect((await book.view()).seq).toBeGreaterThan(before);
    expect((await book.view()).brackets).toEqual([]);
  });
}

test('unauthenticated: 401, journaled, no order', async () => {
  const before = (await book.view()).seq;
  const reply = await post(stack, JSON.stringify({ id: 'anon', strategy: 'anon', ...good() }), {
    authorization: 'Bearer wrong',
  });
  expect(reply.status).toBe(401);
  expect(reply.codes).toContain('UNAUTHENTICATED_SIGNAL');
  expect((await book.view()).seq).toBeGreaterThan(before);
});

test('a duplicate id is refused for ever', async () => {
  const body = JSON.stringify({ id: 'twice', strategy: 'twice', ...good(), stop: null });
  expect((await answered(body)).codes).toContain('MISSING_PROTECTION');
  const again = await answered(body);
  expect(again.status).toBe(409);
  expect(again.codes).toEqual(['DUPLICATE_SIGNAL']);
});
