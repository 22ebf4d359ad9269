/** The page for people lists every fault, with its parameters and its sentence. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { catalogue } from './fault';

const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/gateway.md'), 'utf8');

it.each(catalogue())('$kind is in docs/gateway.md', ({ kind, says, parameters }) => {
  expect(page).toContain(`| \`${[kind, ...parameters].join(' ')}\` | ${says} |`);
});
