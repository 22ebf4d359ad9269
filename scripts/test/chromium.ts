/** The browser of the browser tests: the one that is named, else the system's, else Playwright's own. */
import { accessSync, constants } from 'node:fs';
import { chromium } from '@playwright/test';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of a Chromium that can be started, or null. `named` comes from CHROMIUM_PATH and must be right when it is given. */
export function findChromium(named: string | undefined): string | null {
  const places = named ? [named] : [...SYSTEM, chromium.executablePath()];
  return places.find(canRun) ?? null;
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
