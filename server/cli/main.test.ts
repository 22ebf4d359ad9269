import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typed } from './confirm';

let home = '';
beforeAll(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'interlock-cli-'));
});
afterAll(() => rmSync(home, { recursive: true }));

function interlock(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const program = ['--import', 'tsx', path.join(import.meta.dirname, 'main.ts'), '--home', home];
  return new Promise((resolve) => {
    execFile(process.execPath, [...program, ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('the exit code of interlock', () => {
  it('is 0 for help', async () => {
    expect(await interlock('flatten', '--help')).toMatchObject({ code: 0, stderr: '' });
  });

  it('is 2 when no worker is there, with a sentence on stderr and nothing on stdout', async () => {
    const { code, stdout, stderr } = await interlock('--json', 'halt');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`No Interlock runs in ${home}`);
  });

  it('is 2 for a log that is not there, with nothing on stdout', async () => {
    const { code, stdout, stderr } = await interlock('replay', '--log', path.join(home, 'none.log'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('none.log cannot be read');
  });

  it('is 2 for a command that does not exist', async () => {
    expect(await interlock('sell')).toMatchObject({ code: 2, stderr: "error: unknown command 'sell'\n" });
  });
});

describe('the typed confirmation', () => {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

  it.each([
    ['FLATTEN\n', true],
    ['  FLATTEN  \n', true],
    ['flatten\n', false],
    ['y\n', false],
    ['\n', false],
    ['', false],
  ])('%j is %s', async (text, sure) => {
    expect(await typed('FLATTEN', Readable.from([text]), nowhere)).toBe(sure);
  });
});
