/** Ports on 127.0.0.1: which are taken, and which are free. Port 0 in a setting means any free one. */
import { once } from 'node:events';
import net from 'node:net';
import { readSettings } from '../settings';
import type { Environment } from './options';

const HOST = '127.0.0.1';

/** Every port that is 0 becomes a free one, so that all processes of the stack agree on it. @throws Error when a setting cannot be used. */
export async function withFreePorts(env: Environment): Promise<Environment> {
  const settings = readSettings(env);
  const open = Object.entries({
    INTERLOCK_WEB_PORT: settings.webPort,
    INTERLOCK_WORKER_PORT: settings.workerPort,
    INTERLOCK_GATEWAY_PORT: settings.gateway.port,
  }).filter(([, port]) => port === 0);
  const free = await freePorts(open.length);
  return { ...env, ...Object.fromEntries(open.map(([name], index) => [name, String(free[index])])) };
}

/** The system's code for why the port cannot be listened on (`EADDRINUSE`, `EACCES`), or null when it can. */
export async function portTrouble(port: number): Promise<string | null> {
  try {
    const server = await listen(port);
    await close(server);
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

/** As many different free ports. All are held until the last is found, so that none is given twice. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
    return address.port;
  });
  await Promise.all(servers.map(close));
  return ports;
}

async function listen(port: number): Promise<net.Server> {
  const server = net.createServer().listen({ port, host: HOST, exclusive: true });
  await once(server, 'listening');
  return server;
}

async function close(server: net.Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
