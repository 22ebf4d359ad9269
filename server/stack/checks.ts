/** What is looked at before anything starts. Every trouble is a sentence: what is wrong, and what to do. */
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Settings } from '../settings';
import type { Market } from './options';
import { portTrouble } from './ports';
import { isAlive, readReport } from './report';

/** @throws Error when a file that was named cannot be read. */
export function checkFiles(settings: Settings, market: Market): void {
  const files = [
    { file: market.tape, flag: '--tape' },
    { file: settings.signalsFile, flag: '--signals' },
  ];
  for (const { file, flag } of files) {
    if (file === null) continue;
    try {
      closeSync(openSync(file, 'r'));
    } catch (error) {
      throw new Error(
        `The file of ${flag} cannot be read: ${file} (${codeOf(error)}). Check the path and its permissions.`,
      );
    }
  }
}

/** Makes the folder of the stack, readable by nobody else. @throws Error when it cannot be written. */
export function openHome(settings: Settings): void {
  const trial = path.join(settings.home, '.writable');
  try {
    for (const folder of [settings.home, settings.logsDir]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
    closeSync(openSync(trial, 'w'));
    rmSync(trial);
  } catch (error) {
    throw new Error(
      `The folder ${settings.home} cannot be written (${codeOf(error)}). Make it writable, or choose another with --home or INTERLOCK_HOME.`,
    );
  }
}

/**
 * A stack that was killed leaves its report behind, and its process id may since belong to another program: only a worker that still listens counts.
 * @throws Error when a stack already runs in this folder: two would fight over one database.
 */
export async function checkAlone(home: string): Promise<void> {
  const other = readReport(home);
  if (other === null || !isAlive(other.pid) || (await portTrouble(other.workerPort)) === null) return;
  throw new Error(
    `Interlock already runs in ${home} (process ${other.pid}, ${other.webUrl}). Stop it first, or choose another folder with --home.`,
  );
}

/**
 * Ports that this stack will listen on are free. After a stack was killed its processes need a moment to end, so a taken port is looked at again.
 * @throws Error naming the port, who wants it and the flag that chooses another.
 */
export async function checkPorts(settings: Settings): Promise<void> {
  const wanted = [
    { port: settings.webPort, who: 'The console', flag: '--web-port', name: 'INTERLOCK_WEB_PORT' },
    { port: settings.workerPort, who: 'The worker', flag: '--worker-port', name: 'INTERLOCK_WORKER_PORT' },
    {
      port: settings.gateway.port,
      who: 'The paper gateway',
      flag: '--gateway-port',
      name: 'INTERLOCK_GATEWAY_PORT',
    },
  ].filter(({ flag }) => settings.gateway.kind === 'paper' || flag !== '--gateway-port');
  for (const { port, who, flag, name } of wanted) {
    if (wanted.some((other) => other.flag !== flag && other.port === port)) {
      throw new Error(
        `${who} cannot share port ${port} with another part. Choose another with ${flag} or ${name}.`,
      );
    }
    const trouble = await lastingTrouble(port);
    if (trouble === null) continue;
    const why =
      trouble === 'EADDRINUSE' ? 'is in use by another program' : `may not be listened on (${trouble})`;
    throw new Error(
      `${who} cannot listen: port ${port} ${why}. Stop that program, or choose another port with ${flag} or ${name}.`,
    );
  }
}

async function lastingTrouble(port: number): Promise<string | null> {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const trouble = await portTrouble(port);
    if (trouble !== 'EADDRINUSE') return trouble;
    await wait(250);
  }
  return portTrouble(port);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
