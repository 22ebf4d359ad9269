import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const IMPURE = [
  'Math.random()',
  'Date.now()',
  'new Date()',
  'performance.now()',
  'process.env',
  'crypto.randomUUID()',
  'setTimeout(() => 1, 1)',
  'setInterval(() => 1, 1)',
  'fetch("http://127.0.0.1")',
  'console.log(1)',
  'globalThis.x',
];

let base = '';
beforeEach(() => {
  base = mkdtempSync(path.join(os.tmpdir(), 'interlock-purity-'));
  cpSync(path.join(root, 'biome.json'), path.join(base, 'biome.json'));
  cpSync(path.join(root, 'scripts/verify'), path.join(base, 'scripts/verify'), {
    recursive: true,
    filter: (file) => !file.endsWith('.ts'),
  });
});
afterEach(() => rmSync(base, { recursive: true }));

/** The lines of these sources that the linter refuses in this file. */
async function refusedLines(file: string, lines: readonly string[]): Promise<readonly string[]> {
  mkdirSync(path.dirname(path.join(base, file)), { recursive: true });
  writeFileSync(path.join(base, file), `${lines.join('\n')}\n`);
  const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome');
  const output = await new Promise<string>((resolve) => {
    const args = [
      biome,
      'lint',
      '--vcs-enabled=false',
      '--reporter=github',
      '--max-diagnostics=none',
      'server',
    ];
    execFile(process.execPath, args, { cwd: base }, (_, stdout) => resolve(stdout));
  });
  const numbers = [...output.matchAll(/^::error .*?line=(\d+),/gm)].map((match) => Number(match[1]));
  return lines.filter((_, index) => numbers.includes(index + 1));
}

const exported = IMPURE.map((source, index) => `export const a${index} = ${source};`);

describe.each(['server/engine/guard/planted.ts', 'server/exchange/planted.ts'])('in %s', (file) => {
  it('the linter refuses clocks, chance, timers, the network and the process', async () => {
    expect(await refusedLines(file, exported)).toEqual(exported);
  });

  it('the linter refuses the modules of Node', async () => {
    const lines = ["import { readFileSync } from 'node:fs';", "export const a = readFileSync('x');"];
    expect(await refusedLines(file, lines)).toEqual(lines.slice(0, 1));
  });

  it('the linter lets arithmetic pass', async () => {
    expect(await refusedLines(file, ['export const a = Math.floor(1.5);'])).toEqual([]);
  });
});

describe('a Date', () => {
  const line = 'export const a = new Date(5).getTime();';

  it('is unknown to the engine, whose times are numbers', async () => {
    expect(await refusedLines('server/engine/planted.ts', [line])).toEqual([line]);
  });

  it('made from a number is arithmetic, which the exchange may do', async () => {
    expect(await refusedLines('server/exchange/planted.ts', [line])).toEqual([]);
  });
});

describe('elsewhere', () => {
  it('and in tests, nothing of this is refused', async () => {
    expect(await refusedLines('server/worker/planted.ts', exported)).toEqual([]);
    expect(await refusedLines('server/engine/planted.test.ts', exported)).toEqual([]);
  });
});

describe('a copy of the state, of an order or of a cycle', () => {
  const line = 'export const next = (order: { phase: string }) => ({ ...order, phase: "Working" });';

  it('is made in one place of the engine, so that all have one shape', async () => {
    expect(await refusedLines('server/engine/planted.ts', [line])).toEqual([line]);
  });

  it('of a field of it may be a spread', async () => {
    const spec = 'export const next = (order: { spec: object }) => ({ ...order.spec, quantity: 2 });';
    expect(await refusedLines('server/engine/planted.ts', [spec])).toEqual([]);
  });
});
