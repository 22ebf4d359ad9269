/**
 * The control port: JSON over HTTP on this machine alone, for drills and tests that pull the plug. It has no password and needs none:
 * it listens on 127.0.0.1, and a page in a browser (which names its origin, or another host) is turned away.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Desk } from './desk';
import { ControlRefused } from './refused';
import { perform } from './request';

const BODY_BYTES_MAX = 64 * 1024;
const LOCAL_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

export interface ControlServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * @param port 0 takes a free one
 * @throws the system's error when the port cannot be had
 */
export async function openControl(desk: Desk, port: number): Promise<ControlServer> {
  const server = createServer((request, response) => void answer(desk, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: portOf(server), close: () => close(server) };
}

async function answer(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (!isLocal(request)) throw new ControlRefused(400, 'The control port is not for web pages');
    const body = await bodyOf(request);
    reply(response, 200, perform(desk, request.method ?? '', request.url ?? '', body));
  } catch (error) {
    if (!(error instanceof ControlRefused)) throw error;
    reply(response, error.status, { error: `${error.message}.` });
  }
}

function isLocal({ headers }: IncomingMessage): boolean {
  return headers.origin === undefined && LOCAL_HOST.test(headers.host ?? '');
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new ControlRefused(413, 'The request is too long');
    chunks.push(chunk);
  }
  if (bytes === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new ControlRefused(400, 'The request is not JSON');
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(`${JSON.stringify(body)}\n`);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The control port is not open.');
  return address.port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
