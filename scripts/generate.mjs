/**
 * Generates the Prisma client into prisma/generated, offline; does nothing when the schema and Prisma's version are those of the last run.
 * `generate` never runs the schema engine, but Prisma fetches it from its vendor's host unless it is told where one lies: any executable will do.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');
const inputs = [
  'prisma/schema.prisma',
  'node_modules/prisma/package.json',
  'node_modules/@prisma/client/package.json',
];
const client = path.join(root, 'prisma/generated/client.ts');
const stamp = path.join(root, 'prisma/generated/.made-from');

/** @returns true when it generated, false when the client was up to date. @throws Error with Prisma's own words when it failed. */
export function generateClient() {
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(readFileSync(path.join(root, input)));
  const digest = hash.digest('hex');
  if (existsSync(client) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return false;

  const run = spawnSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  if (run.status !== 0) {
    throw new Error(
      `The database client could not be generated. Prisma said: ${(run.stderr || run.stdout).trim()}`,
    );
  }
  writeFileSync(stamp, digest);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(generateClient() ? 'Database client generated.' : 'Database client is up to date.');
}
