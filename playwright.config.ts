/** Browser tests against real stacks: each spec starts its own (e2e/support/stack.ts), so they run side by side. */
import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './scripts/test/chromium';

const executablePath = findChromium(process.env.CHROMIUM_PATH);
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  // Limits find what hangs and measure nothing: machines are busy.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-US',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      args: ['--disable-background-networking', ...(asRoot ? ['--no-sandbox'] : [])],
    },
  },
});
