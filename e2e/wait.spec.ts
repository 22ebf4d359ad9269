/** A WAIT blocks until a person lifts it for exactly this order; the console may die and come back meanwhile. */
import { expect, test } from '@playwright/test';
import { type Book, openBook, priceOf } from './support/book';
import { hold } from './support/hold';
import { sendSignal } from './support/signals';
import { type RunningStack, startStack } from './support/stack';

let stack: RunningStack;
let book: Book;

test.beforeAll(async () => {
  stack = await startStack({
    demo: false,
    seed: 5,
    env: { INTERLOCK_LIMITS: '{"proposalDriftTicks":1000}' },
  });
  book = await openBook(stack);
});

test.afterAll(async () => {
  await book.close();
  await stack.stop();
});

/** Bought against the downtrend that this seed's history has: the advisor says WAIT, and nothing lifts it by itself. */
async function sendDoubtful(strategy: string) {
  const price = await priceOf(book, 'MES');
  const body = {
    symbol: 'MES',
    strategy,
    action: 'BUY',
    orderType: 'MKT',
    stop: price - 60,
    target: price + 60,
    confidence: 0.5,
  } as const;
  return sendSignal(stack, body);
}

test('a rejected WAIT sends nothing and keeps its reason', async ({ page }) => {
  const waiting = await sendDoubtful('to be rejected');
  expect(waiting, JSON.stringify(waiting)).toMatchObject({ status: 202, result: 'waiting' });
  await page.goto(stack.baseURL);
  const card = page.getByTestId('proposal').first();
  await expect(card).toBeVisible();
  await card.getByTestId('approve-reason').fill('Not today.');
  await card.getByTestId('reject').click();
  await book.until((view) => view.proposals.length === 0, 'the proposal gone');
  const story = await book.reads.cycle(waiting.cycleId ?? '');
  expect(story?.row).toMatchObject({ phase: 'denied', outcome: 'rejected by operator' });
  expect(story?.facts.some((one) => one.fact.type === 'BracketJournaled')).toBe(false);
});

test('an approved WAIT becomes a protected position, survives the death of the web server, and is flattened', async ({
  page,
}) => {
  const waiting = await sendDoubtful('to be approved');
  expect(waiting, JSON.stringify(waiting)).toMatchObject({ status: 202, result: 'waiting' });
  await page.goto(stack.baseURL);
  const card = page.getByTestId('proposal').first();
  await expect(card.getByTestId('approve')).toBeDisabled();
  await card.getByTestId('approve-reason').fill('I have seen the chart.');
  await card.getByTestId('approve').click();
  await book.until(
    (view) =>
      view.positions.some(
        (position) => position.cycleId === waiting.cycleId && position.protection.state === 'protected',
      ) || view.day.won + view.day.lost > 0,
    'the approved order protected',
  );

  const worker = stack.pids().worker;
  const seqBefore = (await book.view()).seq;
  await stack.kill('web');
  await stack.waitReady();
  expect(stack.pids().worker, 'the worker did not notice').toBe(worker);
  expect((await book.view()).seq).toBeGreaterThanOrEqual(seqBefore);

  await page.goto(stack.baseURL);
  await expect(page.getByTestId('gateway-status').first()).toContainText('connected');
  await expect(page.getByTestId('position-row')).toHaveCount(1);
  await page.getByTestId('flatten-open').first().click();
  // what it will do is listed in full: the button stands still from here on
  await expect(page.getByRole('alertdialog')).toContainText('Cancels 2 orders');
  await hold(page.getByTestId('flatten-hold'));
  await expect(page.getByTestId('flatten-result')).toContainText('FLAT');
  await page.mouse.up();

  const story = await book.reads.cycle(waiting.cycleId ?? '');
  const types = story?.facts.map((one) => one.fact.type) ?? [];
  expect(types).toContain('ProposalApproved');
  expect(types.indexOf('PositionProtected')).toBeGreaterThan(types.indexOf('ProposalApproved'));
  await page.goto(`${stack.baseURL}/cycles/${waiting.cycleId}`);
  await expect(page.getByTestId('cycle-timeline')).toContainText('I have seen the chart.');
  await expect(page.getByTestId('guard-row').first()).toBeVisible();
});
