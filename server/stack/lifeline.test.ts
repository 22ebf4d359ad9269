import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive } from './report';

const program = (name: string) => ['--import', 'tsx', path.join(import.meta.dirname, 'testing', name)];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'interlock-lifeline-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a process of the stack', () => {
  it('ends in order when the stack is killed with -9', async () => {
    const diary = path.join(folder, 'diary');
    const fake = [...program('fake.child.ts'), 'fake', '0', diary];
    const holder = spawn(process.execPath, [...program('holder.child.ts'), ...fake], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [first] = await once(holder.stdout, 'data');
    const pid = Number(String(first).trim());
    await expect.poll(() => readFileSync(diary, 'utf8')).toBe(`fake started ${pid}\n`);

    holder.kill('SIGKILL');
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect(readFileSync(diary, 'utf8')).toBe(`fake started ${pid}\nfake ended ${pid}\n`);
  });
});
