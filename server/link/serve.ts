/** The worker's end of the link: opens the door to who may come in, answers requests, and streams to who follows. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { verdictOn } from './door';
import { type FollowerOptions, follower, type LinkHandlers, type LinkLog, send } from './follower';
import { jsonOf } from './json';
import { type LinkReply, type LinkRequest, linkRequest } from './protocol';

const REQUEST_BYTES_MAX = 64 * 1024;
const CLIENTS_MAX = 32;

export interface LinkServerOptions extends FollowerOptions {
  /** Listening on 127.0.0.1. Every upgrade that arrives there is answered here. */
  server: Server;
  key: string;
  handlers: LinkHandlers;
}

export interface LinkServer {
  /** Hangs up on every client. */
  close(): void;
}

const numbered = z.object({ id: z.number().int() });

/** A request that is wrong but numbered is answered; what is not even that is hung up on. */
function turnAway(socket: WebSocket, request: unknown, error: z.ZodError, log: LinkLog): void {
  const why = z.prettifyError(error);
  log.warn({ why }, 'A link client sent what is no request.');
  const { success, data } = numbered.safeParse(request);
  if (success) send(socket, { kind: 'reply', id: data.id, ok: false, error: why });
  else socket.close(1008, 'That is not a request of this link.');
}

function attend(socket: WebSocket, options: LinkServerOptions): void {
  const { handlers, log } = options;
  const follow = follower(socket, options);

  async function reply(request: LinkRequest): Promise<LinkReply> {
    const { id } = request;
    switch (request.kind) {
      case 'command':
        return { kind: 'reply', id, ok: true, value: await handlers.command(request.command) };
      case 'snapshot':
        return { kind: 'reply', id, ok: true, value: handlers.snapshot() };
      case 'subscribe':
        follow();
        return { kind: 'reply', id, ok: true, value: null };
    }
  }

  async function hear(data: RawData) {
    const request = jsonOf(data.toString());
    const parsed = linkRequest.safeParse(request);
    if (!parsed.success) return turnAway(socket, request, parsed.error, log);
    try {
      send(socket, await reply(parsed.data));
    } catch (failure) {
      const error = failure instanceof Error ? failure.message : String(failure);
      log.warn({ error }, 'A link request failed.');
      send(socket, { kind: 'reply', id: parsed.data.id, ok: false, error });
    }
  }

  socket.on('message', (data) => void hear(data));
  socket.on('error', (error) => log.warn({ error: error.message }, 'A link client broke the protocol.'));
}

function refuse(socket: Duplex, status: string, why: string): void {
  const length = Buffer.byteLength(why);
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${why}`,
  );
}

export function serveLink(options: LinkServerOptions): LinkServer {
  const { server, key, log } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: REQUEST_BYTES_MAX,
    perMessageDeflate: false,
  });

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    socket.on('error', () => socket.destroy());
    const verdict = verdictOn(request, key);
    if (!verdict.open) {
      log.warn({ status: verdict.status }, `Somebody knocked at the link and was refused: ${verdict.why}`);
      refuse(socket, verdict.status, verdict.why);
    } else if (sockets.clients.size >= CLIENTS_MAX) {
      refuse(socket, '503 Service Unavailable', `The link serves at most ${CLIENTS_MAX} clients.`);
    } else {
      sockets.handleUpgrade(request, socket, head, (client) => attend(client, options));
    }
  }

  server.on('upgrade', upgrade);
  return {
    close() {
      server.off('upgrade', upgrade);
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}
