/** The program as an operator starts it: a process of its own. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { EventName } from '@stoqey/ib';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Terminal } from './testing/terminal';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
type Program = ChildProcessByStdio<null, Readable, Readable>;
const running: Program[] = [];
const folder = mkdtempSync(path.join(tmpdir(), 'gateway-'));
afterAll(() => rmSync(folder, { recursive: true }));

function start(...options: string[]): Program {
  const program = spawn(process.execPath, ['--import', 'tsx', MAIN, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(program);
  return program;
}

async function ending(program: Program): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const [stdout, stderr, [code]] = await Promise.all([
    text(program.stdout),
    text(program.stderr),
    once(program, 'exit'),
  ]);
  return { code, stdout, stderr };
}

afterEach(() => {
  for (const program of running.splice(0)) program.kill('SIGKILL');
});

describe('the gateway program', () => {
  it('explains itself, and that nothing it holds outlives it', async () => {
    const { code, stdout } = await ending(start('--help'));
    expect(code).toBe(0);
    expect(stdout).toContain('--hold-until-client');
    expect(stdout).toContain('kept in memory only');
  });

  it('says where it listens, who is ready, and stops cleanly on SIGTERM with a client still connected', async () => {
    const program = start('--port', '0', '--client-ready', '--server-version', '178');
    const lines: string[] = [];
    const listening = new Promise<number>((resolve) => {
      program.stdout.on('data', (chunk: Buffer) => {
        lines.push(...chunk.toString().trim().split('\n'));
        resolve(JSON.parse(lines[0] ?? '{}').port);
      });
    });
    const client = await new Terminal(await listening, 3).ready();
    await client.hears(EventName.server, 178);
    program.kill('SIGTERM');
    const [code] = await once(program, 'exit');
    await client.hears(EventName.disconnected);
    expect(code).toBe(0);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { msg: 'listening', host: '127.0.0.1', account: 'DU1234567' },
      { msg: 'client ready', clientId: 3, version: 178 },
      { msg: 'client left', clientId: 3 },
      { msg: 'stopped' },
    ]);
  });

  it('is steered by its own command, at the control port that it was started with', async () => {
    const program = start('--port', '0', '--control-port', '0', '--fault', 'frozenQuotes client=3');
    const [line] = (await once(program.stdout, 'data')) as [Buffer];
    const { controlPort } = JSON.parse(line.toString());
    const steer = (...words: string[]) =>
      ending(start('control', '--control-port', String(controlPort), ...words));
    const paused = await steer('pause');
    expect(JSON.parse(paused.stdout)).toMatchObject({
      running: false,
      faults: [{ id: 1, fault: 'frozenQuotes client=3' }],
    });
    expect(await steer('fault', 'explode')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^"explode" is no fault of this gateway; .*; nothing was put\.\n$/),
    });
  });

  it('plays a recording in the place of an exchange', async () => {
    const file = path.join(folder, 'wire.jsonl');
    const fields = [['v100..193'], ['193', 'now'], ['71', '2', '3'], ['9', '1', '42']];
    const frames = fields.map((said, i) => ({
      ms: 0,
      conn: 1,
      way: i % 2 === 0 ? 'in' : 'out',
      fields: said,
    }));
    writeFileSync(
      file,
      frames.map((frame, i) => `${JSON.stringify({ ...frame, ...(i > 1 ? { client: 3 } : {}) })}\n`).join(''),
    );
    const playing = start('--port', '0', '--playback', file);
    const [line] = (await once(playing.stdout, 'data')) as [Buffer];
    const { port, recorded } = JSON.parse(line.toString());
    expect(recorded).toEqual([{ clientId: 3, version: 193 }]);
    const client = await new Terminal(port, 3).ready();
    expect(client.all(EventName.nextValidId)).toEqual([[42]]);
    client.close();
  });

  it('refuses a port in use with one sentence and exit code 1', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const address = occupant.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const { code, stderr } = await ending(start('--port', String(port)));
    occupant.close();
    expect(code).toBe(1);
    expect(stderr).toBe(
      `Port ${port} on 127.0.0.1 is in use; stop what listens there or choose another --port.\n`,
    );
  });

  it('refuses a tape that is not there with one sentence and exit code 1', async () => {
    const { code, stderr } = await ending(start('--port', '0', '--tape', 'no-such-tape.csv'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Tape no-such-tape\.csv cannot be read .*\n$/);
  });
});
