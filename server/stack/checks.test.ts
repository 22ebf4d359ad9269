import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings, type Settings } from '../settings';
import { checkAlone, checkFiles, checkPorts, openHome } from './checks';
import { withFreePorts } from './ports';
import { type StackReport, writeReport } from './report';

const NO_MARKET = { day: null, tape: null, at: null, seed: null };
let home = '';
let settings: Settings;
const open: net.Server[] = [];

async function occupy(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const withPorts = async (ports: Record<string, number>) =>
  readSettings(
    await withFreePorts({
      NODE_ENV: 'test',
      INTERLOCK_HOME: home,
      ...Object.fromEntries(
        ['WEB', 'WORKER', 'GATEWAY'].map((name) => [`INTERLOCK_${name}_PORT`, String(ports[name] ?? 0)]),
      ),
    }),
  );

beforeEach(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), 'interlock-checks-'));
  settings = await withPorts({});
});
afterEach(() => {
  for (const server of open.splice(0)) server.close();
  rmSync(home, { recursive: true, force: true });
});

describe('before anything starts', () => {
  it('free ports are found, all different', () => {
    expect(new Set([settings.webPort, settings.workerPort, settings.gateway.port, 0]).size).toBe(4);
  });

  it.each([
    ['WEB', '--web-port', 'The console'],
    ['WORKER', '--worker-port', 'The worker'],
    ['GATEWAY', '--gateway-port', 'The paper gateway'],
  ])('a taken port of %s is named with the flag that changes it', async (name, flag, who) => {
    const port = await occupy();
    await expect(checkPorts(await withPorts({ [name]: port }))).rejects.toThrow(
      `${who} cannot listen: port ${port} is in use by another program. Stop that program, or choose another port with ${flag} or INTERLOCK_${name}_PORT.`,
    );
  });

  it('one port for two parts is refused', async () => {
    const twice = await withPorts({ WEB: settings.webPort, WORKER: settings.webPort });
    await expect(checkPorts(twice)).rejects.toThrow(`cannot share port ${settings.webPort}`);
  });

  it('free ports pass, and the port of an external gateway is none of ours', async () => {
    const port = await occupy();
    await checkPorts({ ...settings, gateway: { ...settings.gateway, kind: 'external', port } });
  });

  it('the folder is made for its owner alone', () => {
    const inside = { ...settings, home: path.join(home, 'a/b'), logsDir: path.join(home, 'a/b/logs') };
    openHome(inside);
    expect(existsSync(inside.logsDir)).toBe(true);
    expect(statSync(inside.home).mode & 0o777).toBe(0o700);
  });

  it('a folder that cannot be written is a sentence', () => {
    writeFileSync(path.join(home, 'file'), '');
    const blocked = path.join(home, 'file/home');
    expect(() => openHome({ ...settings, home: blocked })).toThrow(
      `The folder ${blocked} cannot be written (ENOTDIR). Make it writable, or choose another with --home or INTERLOCK_HOME.`,
    );
  });

  it('a file that is named must be there', () => {
    const missing = path.join(home, 'no.csv');
    expect(() => checkFiles(settings, { ...NO_MARKET, tape: missing })).toThrow(
      `The file of --tape cannot be read: ${missing} (ENOENT)`,
    );
    expect(() => checkFiles({ ...settings, signalsFile: missing }, NO_MARKET)).toThrow(
      'The file of --signals',
    );
    expect(() => checkFiles(settings, NO_MARKET)).not.toThrow();
  });
});

describe('another stack in the same folder', () => {
  const report = (pid: number, workerPort: number): StackReport => ({
    pid,
    startedAt: new Date(0).toISOString(),
    home,
    webUrl: 'http://127.0.0.1:1',
    workerPort,
    gateway: { kind: 'paper', host: '127.0.0.1', port: 2 },
    processes: [],
  });

  it('is refused while it lives and listens', async () => {
    writeReport(report(process.pid, await occupy()));
    await expect(checkAlone(home)).rejects.toThrow(
      `Interlock already runs in ${home} (process ${process.pid}`,
    );
  });

  it('is no hindrance when it was killed, even if its process id belongs to somebody else now', async () => {
    writeReport(report(process.pid, settings.workerPort));
    await checkAlone(home);
  });

  it('is no hindrance when its report is damaged', async () => {
    writeFileSync(path.join(home, 'stack.json'), '{"pid":');
    await checkAlone(home);
  });
});
