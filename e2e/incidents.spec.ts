/** A person brings yesterday's log, and asks whether the guards would have stopped it. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { INCIDENT, textOf } from '@/server/replay/testing/bot-log';
import { expectAccessible } from './support/accessible';
import { type RunningStack, startStack } from './support/stack';

let stack: RunningStack;

test.beforeAll(async () => {
  stack = await startStack({ demo: false });
});

test.afterAll(() => stack.stop());

const LOG = {
  name: 'bot-2025-12-12.log.gz',
  mimeType: 'application/gzip',
  buffer: gzipSync(textOf(INCIDENT)),
};

test('order 14812 is shown as blocked, beside the lines of the log that say why', async ({ page }) => {
  await page.goto(`${stack.baseURL}/incidents`);
  await page.getByTestId('incident-files').setInputFiles([LOG]);
  await expect(page.getByTestId('count-blocked')).toContainText('1');
  await page.getByTestId('incident-order').first().getByRole('button').click();
  const detail = page.getByTestId('incident-order-detail');
  await expect(detail).toContainText('would not have been sent');
  await expect(detail).toContainText('WAIT (50 %), not obeyed');
  await expect(detail).toContainText('AWS WAIT advisory only');
  await expect(detail.locator('[data-testid="guard-row"][data-verdict="deny"]').first()).toBeVisible();
  expect(page.url(), 'a link to an order is the order').toContain('order=14812');

  await page.getByTestId('reason').filter({ hasText: 'MISSING_PROTECTION' }).click();
  await expect(page.getByTestId('incident-order')).toHaveCount(1);
  await expect(detail, 'another filter closes the order').toHaveCount(0);

  await page.getByTestId('incident-limits').fill('no_such_limit=1');
  await page.getByTestId('judge-again').click();
  await expect(page.getByTestId('limits-refused')).toContainText('There is no limit no_such_limit');
  await page.getByTestId('incident-limits').fill('wait_override_confidence=0.3');
  await page.getByTestId('judge-again').click();
  const row = page.getByTestId('incident-order').first();
  await expect(row, 'the signal is sure enough to lift the WAIT').not.toContainText('AWS_WAIT');
  await row.getByRole('button').click();

  await expectAccessible(page, () => expect(detail).toBeVisible());
});

test('the order leaves as a test, all orders as CSV, and what was brought in goes when it is deleted', async ({
  page,
}) => {
  await page.goto(`${stack.baseURL}/incidents`);
  await page.getByTestId('incident').first().getByRole('link').click();
  const csv = page.waitForEvent('download');
  await page.getByTestId('export-csv').click();
  expect(readFileSync(await (await csv).path(), 'utf8')).toMatch(/^order_id,.*\r\n14812,/);

  await page.getByTestId('incident-order').first().getByRole('button').click();
  const exported = page.waitForEvent('download');
  await page.getByTestId('export-test').click();
  expect(readFileSync(await (await exported).path(), 'utf8')).toContain('MISSING_PROTECTION');

  await page.goto(`${stack.baseURL}/incidents`);
  await page.getByTestId('incident-delete').click();
  await expect(page.getByTestId('incident')).toHaveCount(0);
});

test('what cannot be used is refused in words, and nothing of it is kept', async ({ page }) => {
  await page.goto(`${stack.baseURL}/incidents`);
  const zip = { name: 'logs.zip', mimeType: 'application/zip', buffer: Buffer.from('PK\x03\x04 and so on') };
  await page.getByTestId('incident-files').setInputFiles([zip]);
  await expect(page.getByTestId('incident-refused')).toContainText('unpack it');
  await expect(page.getByTestId('incident')).toHaveCount(0);
  const tape = {
    name: 'bars.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('timestamp,open,high,low,close,volume\n'),
  };
  await page.getByTestId('incident-files').setInputFiles([tape]);
  await expect(page.getByTestId('incident-phase')).toContainText('There is only a tape');
});
