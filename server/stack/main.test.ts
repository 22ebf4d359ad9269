import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MAIN = path.join(import.meta.dirname, 'main.ts');

let home = '';
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'interlock-main-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function run(
  ...args: string[]
): Promise<{ code: number | string | null | undefined; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', MAIN, '--home', home, ...args],
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : error.code, stdout, stderr });
      },
    );
  });
}

describe('npm start, when it cannot start', () => {
  it('says which port is taken and how to choose another, with exit code 1', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, stderr } = await run('--port', '0', '--web-port', String(port));
    server.close();
    expect({ code, stderr: stderr.trim() }).toEqual({
      code: 1,
      stderr: `The console cannot listen: port ${port} is in use by another program. Stop that program, or choose another port with --web-port or INTERLOCK_WEB_PORT.`,
    });
  });

  it('says that the database is damaged, with exit code 1, and leaves it as it was', async () => {
    const database = path.join(home, 'interlock.db');
    const before = 'this was never a database '.repeat(400);
    writeFileSync(database, before);
    const { code, stderr } = await run('--port', '0');
    expect(code).toBe(1);
    expect(stderr).toContain(database);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(readFileSync(database, 'utf8')).toBe(before);
  });

  it('explains its arguments, and refuses others', async () => {
    const help = await run('--help');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('--tape <file>');
    expect(await run('--nonsense')).toMatchObject({
      code: 1,
      stderr: "error: unknown option '--nonsense'\n",
    });
  });
});
