/** Makes sure that there is a browser: finds one, installs Debian's when we may, or says how to get one. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './chromium';

/** @throws Error with what to do when there is none and we may not install one. */
export function ensureChromium(env: NodeJS.ProcessEnv): string {
  const found = findChromium(env.CHROMIUM_PATH);
  if (found !== null) return found;
  if (env.CHROMIUM_PATH)
    throw new Error(`CHROMIUM_PATH names ${env.CHROMIUM_PATH}, which cannot be started.`);
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) installFromDebian();
  const installed = findChromium(undefined);
  if (installed !== null) return installed;
  throw new Error(
    'The browser tests need Chromium, and there is none. Run "npx playwright install chromium", install the chromium package of your system, or set CHROMIUM_PATH.',
  );
}

function installFromDebian(): void {
  console.log('  Installing the chromium package.');
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  try {
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  } catch {
    // Offline, or no such package: the caller says what to do.
  }
}
