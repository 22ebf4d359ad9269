/** Holds a button down as a person does: looks whether the hold has begun, and takes hold again when it has not. */
import { expect, type Locator } from '@playwright/test';

export async function hold(button: Locator): Promise<void> {
  const { mouse } = button.page();
  await expect(async () => {
    await mouse.up();
    await button.hover();
    await mouse.down();
    // held, or already done and gone
    await expect(button.filter({ hasNotText: 'Keep holding' })).toHaveCount(0, { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
}
