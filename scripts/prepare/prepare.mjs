/**
 * From a fresh clone to something that runs: packages, database client, console.
 * Plain JavaScript without packages, because it must run before there are any. Each step does nothing when it was done before.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateClient } from '../generate.mjs';
import { hashOf, installReason } from './stale.mjs';
import { root, run, step } from './terminal.mjs';

const BUILD_ID = path.join(root, '.next/interlock-inputs');
const BUILD_INPUTS = [
  'app',
  'components',
  'server/api',
  'server/auth',
  'server/link',
  'server/engine',
  'server/adapters/journal',
  'server/ports.ts',
  'server/settings.ts',
  'prisma/schema.prisma',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

const readJson = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

export const packages = () => step('packages', installPackages);
export const databaseClient = () => step('database client', generate);
export const consoleBuild = () => step('console', buildConsole);

async function installPackages() {
  const hidden = 'node_modules/.package-lock.json';
  const reason = installReason(
    readJson('package-lock.json'),
    existsSync(path.join(root, hidden)) ? readJson(hidden) : null,
  );
  if (reason === null) return 'up to date';
  await npm(['install', '--no-save', '--no-audit', '--no-fund']);
  return 'installed';
}

/** npm tells its scripts where it lives; without npm around us it is looked up in the PATH. */
function npm(args) {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js')) return run(process.execPath, [own, ...args]);
  return run('npm', args);
}

async function generate() {
  return generateClient() ? 'generated' : 'up to date';
}

async function buildConsole() {
  const inputs = hashOf(root, BUILD_INPUTS);
  if (existsSync(BUILD_ID) && readFileSync(BUILD_ID, 'utf8') === inputs) return 'up to date';
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  await run(process.execPath, [path.join(root, 'node_modules/next/dist/bin/next'), 'build'], env);
  mkdirSync(path.dirname(BUILD_ID), { recursive: true });
  writeFileSync(BUILD_ID, inputs);
  return 'built';
}
