/**
 * Another program trades the account: the position gets its stop at once, entries wait, and a person says whose it is. Then the person
 * lets the engine close it after half an hour.
 */

import { expect, test } from '@playwright/test';
import { EventName, IBApi, OrderAction, OrderType, SecType } from '@stoqey/ib';
import { type Book, openBook, priceOf } from './support/book';
import { sendSignal } from './support/signals';
import { type RunningStack, startStack } from './support/stack';

let stack: RunningStack;
let book: Book;

test.beforeAll(async () => {
  stack = await startStack({ demo: false, seed: 23 });
  book = await openBook(stack);
});

test.afterAll(async () => {
  await book.close();
  await stack.stop();
});

/** A market order of another client of the same gateway. */
async function buyElsewhere(localSymbol: string): Promise<void> {
  const ib = new IBApi({ ...stack.gateway, clientId: 91 });
  const orderId = new Promise<number>((resolve) => ib.once(EventName.nextValidId, resolve));
  ib.connect();
  const filled = new Promise<void>((resolve) =>
    ib.on(EventName.orderStatus, (_id, status) => {
      if (status === 'Filled') resolve();
    }),
  );
  ib.placeOrder(
    await orderId,
    { localSymbol, secType: SecType.FUT, exchange: 'CME', currency: 'USD' },
    { action: OrderAction.BUY, orderType: OrderType.MKT, totalQuantity: 1, transmit: true, outsideRth: true },
  );
  await filled;
  ib.disconnect();
}

test('a position of another program is protected first, then adopted by a person with a reason, and given a rule', async ({
  page,
}) => {
  const price = await priceOf(book, 'MES');
  const contract = (await book.view()).instruments.find((one) => one.symbol === 'MES');
  await buyElsewhere(contract?.localSymbol ?? '');
  await page.goto(stack.baseURL);
  await expect(page.getByTestId('orphan-adopt')).toBeVisible({ timeout: 60_000 });
  await book.until(
    (view) => view.positions.some((held) => held.protection.state === 'emergency'),
    'an emergency stop',
  );

  const refused = await sendSignal(stack, {
    symbol: 'ES',
    action: 'BUY',
    orderType: 'MKT',
    stop: price - 10,
    target: price + 10,
  });
  expect(refused.codes).toContain('ORPHAN_POSITION');

  await expect(page.getByTestId('orphan-adopt')).toBeDisabled();
  await page.getByTestId('orphan-reason').fill('Bought by hand for a test.');
  await page.getByTestId('orphan-adopt').click();
  await expect(page.getByTestId('orphan-adopt')).toBeHidden();
  await expect(page.getByTestId('position-row')).toContainText('MES');

  await page.getByTestId('position-rules').click();
  await page.getByTestId('rules-maxMinutes').fill('30');
  await page.getByTestId('rules-reason').fill('Not over lunch.');
  await page.getByRole('button', { name: 'Set the rules' }).click();
  await book.until((view) => view.positions.some((held) => held.rules?.maxMinutes === 30), 'the rule');
  const { activity } = await book.view();
  expect(activity.map((line) => line.text).join('\n')).toContain('Not over lunch.');
});
