/** The first two minutes of a stranger: `npm start`, and guarded trades happen. */
import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { type Book, openBook } from './support/book';
import { type RunningStack, startStack } from './support/stack';

let stack: RunningStack;
let book: Book;

test.beforeAll(async () => {
  stack = await startStack();
  book = await openBook(stack);
});

test.afterAll(async () => {
  await book.close();
  await stack.stop();
});

test('within a minute cycles open and close, and a WAIT waits for a person', async ({ page }) => {
  await page.goto(stack.baseURL);
  await expect(page.getByTestId('venue').first()).toContainText('PAPER');
  await book.until(
    (view) => view.proposals.some((proposal) => proposal.phase === 'waiting'),
    'a WAIT',
    60_000,
  );
  await expect(page.getByTestId('proposal').first()).toBeVisible();
  await book.until((view) => view.day.won + view.day.lost > 0, 'a closed cycle', 60_000);
  await expect(page.getByTestId('activity-line').first()).toBeVisible();
  const view = await book.view();
  expect(view.health.filter((check) => !check.ok && check.name !== 'Every position protected')).toEqual([]);

  await page.goto(`${stack.baseURL}/cycles`);
  await page.getByTestId('cycle-row').first().click();
  await expect(page.getByTestId('cycle-timeline')).toBeVisible();
});

for (const path of ['/', '/cycles', '/incidents']) {
  test(`${path} is accessible, and nothing hangs over its side, wide and on a phone`, async ({ page }) => {
    await page.goto(`${stack.baseURL}${path}`);
    await expectAccessible(page, () => expect(page.getByTestId('venue').first()).toBeVisible());
  });
}
