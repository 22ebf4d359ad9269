/**
 * One client's place in the stream, at bounded memory: a client that reads too slowly is taken off the stream,
 * gets a fresh snapshot when it has caught up, and is dropped when it does not.
 */
import type { WebSocket } from 'ws';
import type { StreamMessage } from '../engine/view/words';
import type { CommandReply, LinkReply, OperatorCommandInput } from './protocol';

const BUFFERED_BYTES_MAX = 4 * 1024 * 1024;
const CATCH_UP_MS = 10_000;

export interface LinkHandlers {
  /** Resolves when the command is journaled. */
  command(command: OperatorCommandInput): Promise<CommandReply>;
  snapshot(): StreamMessage;
  /** Pushes a snapshot at once, then every frame. @returns how to leave. */
  subscribe(push: (message: StreamMessage) => void): () => void;
}

/** The part of the logger that the link needs; pino fits it. */
export interface LinkLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}

export interface FollowerOptions {
  handlers: Pick<LinkHandlers, 'subscribe'>;
  log: LinkLog;
  /** Bytes that may wait for a slow client. */
  bufferedBytesMax?: number;
  /** Host ms that it has to catch up. */
  catchUpMs?: number;
}

export function send(socket: WebSocket, reply: LinkReply, sent?: () => void): void {
  socket.send(JSON.stringify(reply), () => sent?.());
}

/** @returns how to begin to follow, or to begin anew, with a snapshot. A client that is being waited for stays waited for. */
export function follower(socket: WebSocket, options: FollowerOptions): () => void {
  const { handlers, log, bufferedBytesMax = BUFFERED_BYTES_MAX, catchUpMs = CATCH_UP_MS } = options;
  let leave: (() => void) | null = null;
  let dropping: NodeJS.Timeout | null = null;

  function push(message: StreamMessage) {
    if (dropping) return;
    send(socket, { kind: 'stream', message }, caughtUp);
    const bufferedBytes = socket.bufferedAmount;
    if (bufferedBytes <= bufferedBytesMax) return;
    log.warn({ bufferedBytes }, 'A link client reads too slowly; it is taken off the stream.');
    dropping = setTimeout(() => socket.terminate(), catchUpMs);
    leave?.();
    leave = null;
  }

  function caughtUp() {
    if (!dropping || socket.bufferedAmount > 0 || socket.readyState !== socket.OPEN) return;
    clearTimeout(dropping);
    dropping = null;
    log.info({}, 'A slow link client has caught up; it gets a fresh snapshot.');
    follow();
  }

  function follow() {
    leave?.();
    leave = handlers.subscribe(push);
  }

  socket.on('close', () => {
    leave?.();
    leave = null;
    if (dropping) clearTimeout(dropping);
  });
  return () => {
    if (!dropping) follow();
  };
}
