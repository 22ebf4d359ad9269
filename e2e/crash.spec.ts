/** Processes die; nothing is lost, nothing is sent twice, and nothing that was queued is sent late. */
import { expect, test } from '@playwright/test';
import { openBook, priceOf } from './support/book';
import { sendSignal } from './support/signals';
import { type RunningStack, startStack } from './support/stack';

let stack: RunningStack;

test.beforeEach(async () => {
  stack = await startStack({ demo: false, seed: 21 });
});

test.afterEach(() => stack.stop());

async function hold(symbol: string): Promise<string> {
  const book = await openBook(stack);
  const price = await priceOf(book, symbol);
  const reply = await sendSignal(stack, {
    symbol,
    action: 'BUY',
    orderType: 'MKT',
    stop: price - 60,
    target: price + 60,
    confidence: 0.9,
  });
  expect(reply, JSON.stringify(reply)).toMatchObject({ status: 202 });
  await book.until((view) => view.protection.state === 'protected', 'a protected position');
  await book.close();
  return reply.cycleId ?? '';
}

test('kill -9 of the worker with a position open: position, stop and cycle are there again, and nothing was sent twice', async () => {
  const cycleId = await hold('MES');
  const before = await openBook(stack);
  const held = await before.view();
  const orders = held.brackets.flatMap((bracket) =>
    bracket.orders.map((order) => ({ ref: order.ref, permId: order.permId })),
  );
  await before.close();

  await stack.kill('worker');
  await stack.waitReady();
  const book = await openBook(stack);
  const view = await book.until((now) => now.venue.reconciled, 'reconciled again');
  expect(view.positions).toHaveLength(1);
  expect(view.positions[0]).toMatchObject({ cycleId, symbol: 'MES', quantity: 1 });
  expect(view.protection.state).toBe('protected');
  const after = view.brackets.flatMap((bracket) =>
    bracket.orders.map((order) => ({ ref: order.ref, permId: order.permId })),
  );
  expect(after, 'the same orders at the broker, none twice').toEqual(orders);
  const story = await book.reads.cycle(cycleId);
  const sent =
    story?.facts.filter(
      (one) => one.fact.type === 'BracketJournaled' || one.fact.type === 'OrderJournaled',
    ) ?? [];
  expect(sent).toHaveLength(1);

  const exit = await sendSignal(stack, { symbol: 'MES', action: 'EXIT' });
  expect(exit).toMatchObject({ status: 202, cycleId });
  await book.until(
    (now) => now.positions.length === 0 && now.brackets.length === 0,
    'closed after the restart',
  );
  expect((await book.reads.cycle(cycleId))?.row).toMatchObject({ outcome: 'exit signal', phase: 'closed' });
  await book.close();
});

test('the gateway goes away: the console says so within 2 s, entries are blocked, and nothing queued is sent when it is back', async ({
  page,
}) => {
  const book = await openBook(stack);
  const price = await priceOf(book, 'ES');
  await page.goto(stack.baseURL);
  await expect(page.getByTestId('gateway-status').first()).toContainText('connected');
  await stack.kill('gateway');
  await expect(page.getByTestId('gateway-status').first()).not.toContainText(/^.*\bconnected\b.*$/, {
    timeout: 2_000,
  });

  const entry = Math.round(price);
  const reply = await sendSignal(stack, {
    symbol: 'ES',
    action: 'BUY',
    entry,
    stop: entry - 5,
    target: entry + 5,
    confidence: 0.9,
  });
  expect(reply.status).toBe(422);
  expect(reply.codes).toContain('DISCONNECTED');

  await stack.waitReady();
  const view = await book.until((now) => now.venue.reconciled, 'connected and reconciled again');
  expect(view.brackets).toEqual([]);
  expect(view.day.entries).toBe(0);
  await book.close();
});
