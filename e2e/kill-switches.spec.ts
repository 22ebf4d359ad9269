/** An operator with three buttons: each is pressed against the running stack, and its effect is looked for at the broker's end. */
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
    seed: 11,
    env: { INTERLOCK_LIMITS: '{"cooldownMs":0,"proposalDriftTicks":1000}' },
  });
  book = await openBook(stack);
});

test.afterAll(async () => {
  await book.close();
  await stack.stop();
});

/** A bracket wide enough to live through the test; its confidence lifts a WAIT. */
async function openPosition(symbol: string): Promise<void> {
  const price = await priceOf(book, symbol);
  const reply = await sendSignal(stack, {
    symbol,
    action: 'BUY',
    orderType: 'MKT',
    stop: price - 60,
    target: price + 60,
    confidence: 0.9,
  });
  expect(reply, JSON.stringify(reply)).toMatchObject({ status: 202, result: 'accepted' });
  await book.until(
    (view) =>
      view.positions.some(
        (position) => position.symbol === symbol && position.protection.state === 'protected',
      ),
    `a protected position in ${symbol}`,
  );
}

test('Halt entries: one click stops entries, says so on every page, and only a reasoned resume lets them go on', async ({
  page,
}) => {
  await page.goto(stack.baseURL);
  await expect(page.getByTestId('venue')).toContainText('PAPER');
  await page.getByTestId('halt-entries').first().click();
  await expect(page.getByTestId('mode-banner')).toBeVisible();

  const price = await priceOf(book, 'MES');
  const refused = await sendSignal(stack, {
    symbol: 'MES',
    action: 'BUY',
    orderType: 'MKT',
    stop: price - 10,
    target: price + 10,
  });
  expect(refused.status).toBe(422);
  expect(refused.codes).toContain('ENTRIES_HALTED');

  await page.getByTestId('resume-open').click();
  await expect(page.getByTestId('resume-confirm')).toBeDisabled();
  await page.getByTestId('resume-reason').fill('Checked by the test.');
  await page.getByTestId('resume-confirm').click();
  await expect(page.getByTestId('mode-banner')).toBeHidden();
  expect((await book.view()).mode).toMatchObject({ mode: 'Active', why: 'Checked by the test.' });
});

test('Cancel entries: the resting entry goes, the stop of the position stays', async ({ page }) => {
  await openPosition('MES');
  const price = await priceOf(book, 'ES');
  const entry = Math.round(price - 9) - 0.5;
  const resting = await sendSignal(stack, {
    symbol: 'ES',
    action: 'BUY',
    entry,
    stop: entry - 6,
    target: entry + 12,
    confidence: 0.9,
  });
  expect(resting, JSON.stringify(resting)).toMatchObject({ status: 202 });
  await book.until(
    (view) => view.brackets.some((bracket) => bracket.symbol === 'ES'),
    'the resting entry at the broker',
  );

  await page.goto(stack.baseURL);
  await page.getByTestId('cancel-entries').first().click();
  const view = await book.until(
    (now) => !now.brackets.some((bracket) => bracket.symbol === 'ES'),
    'the entry gone',
  );
  expect(view.positions).toHaveLength(1);
  expect(view.protection.state).toBe('protected');
});

test('Flatten: held, it closes everything and ends in FLAT by the broker’s word', async ({ page }) => {
  expect((await book.view()).positions).toHaveLength(1);
  await page.goto(stack.baseURL);
  await expect(page.getByTestId('position-row')).toHaveCount(1);
  await page.getByTestId('flatten-open').first().click();
  const button = page.getByTestId('flatten-hold');
  await expect(button).not.toBeFocused();
  await button.click();
  expect((await book.view()).flatten, 'a click is not a hold').toBeNull();

  await hold(button);
  await expect(page.getByTestId('flatten-result')).toContainText('FLAT');
  await page.mouse.up();
  await expect(page.getByTestId('flatten-result')).not.toContainText('NOT FLAT');
  const view = await book.view();
  expect(view.positions).toHaveLength(0);
  expect(view.brackets).toHaveLength(0);
  expect(view.mode.mode).toBe('Halted');
  const closed = await book.reads.cycles({ limit: 20 });
  expect(closed.rows.some((row) => row.outcome === 'flattened' && row.phase === 'closed')).toBe(true);
});
