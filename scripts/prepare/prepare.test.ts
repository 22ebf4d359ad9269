import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeProblem } from './node-version.mjs';
import { hashOf, installReason } from './stale.mjs';

describe('the Node that runs this', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '26.1.0'])('%s is new enough', (version) => {
    expect(nodeProblem(version, '>=20.19.0')).toBeNull();
  });

  it.each(['20.18.3', '18.20.0', '8.0.0'])('%s is too old, which is said in one sentence', (version) => {
    expect(nodeProblem(version, '>=20.19.0')).toBe(
      `Interlock needs Node 20.19 or newer, and this is Node ${version}. Install a newer one from https://nodejs.org and try again.`,
    );
  });
});

describe('packages are installed', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/zod': { version: '4.6.7' },
      'node_modules/esbuild-win32': { version: '1.0.0', optional: true },
      'node_modules/next/node_modules/postcss': { version: '8.4.0' },
    },
  };
  const installed = { packages: { ...lock.packages } };

  it('when there are none', () => {
    expect(installReason(lock, null)).toBe('nothing is installed');
  });

  it('when one is missing or has another version than the lockfile', () => {
    const without = { packages: { 'node_modules/zod': { version: '4.6.7' } } };
    expect(installReason(lock, without)).toBe('postcss is missing');
    const older = { packages: { ...installed.packages, 'node_modules/zod': { version: '4.6.6' } } };
    expect(installReason(lock, older)).toBe('zod is 4.6.6');
  });

  it('not when all are there, save the optional ones of other platforms', () => {
    expect(installReason(lock, installed)).toBeNull();
    const here = Object.entries(installed.packages).filter(([place]) => !place.includes('win32'));
    expect(installReason(lock, { packages: Object.fromEntries(here) })).toBeNull();
  });
});

describe('the console is built again', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'interlock-hash-'));
    mkdirSync(path.join(root, 'app/(console)'), { recursive: true });
    write('app/layout.tsx', 'one');
    write('app/(console)/page.tsx', 'two');
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const write = (file: string, text: string) => writeFileSync(path.join(root, file), text);
  const hash = () => hashOf(root, ['app', 'next.config.ts']);

  it('when a file changes, comes, goes or gets another name', () => {
    const seen = [hash()];
    write('app/(console)/page.tsx', 'changed');
    seen.push(hash());
    write('app/new.tsx', 'changed');
    seen.push(hash());
    rmSync(path.join(root, 'app/(console)/page.tsx'));
    seen.push(hash());
    write('next.config.ts', '');
    seen.push(hash());
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('not when only times or tests change', () => {
    const before = hash();
    utimesSync(path.join(root, 'app/layout.tsx'), 1, 1);
    write('app/layout.test.tsx', 'a test');
    expect(hash()).toBe(before);
  });
});
