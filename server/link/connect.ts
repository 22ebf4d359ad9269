/**
 * The other end of the link, for the web server and the command line: commands, a snapshot, and the stream, over a line that mends itself.
 * Nothing is kept for later: what cannot be sent now fails now.
 */
import { readFileSync } from 'node:fs';
import { openCalls } from './calls';
import { LinkFailure } from './errors';
import { type LinkStatus, openLine } from './line';
import type { CommandReply, LinkRequest, OperatorCommandInput } from './protocol';
import { commandReply, streamMessage } from './reply';
import { type Listener, openStream, type Snapshot } from './stream';

export { LinkFailure, LinkTimeout, WorkerUnreachable } from './errors';
export type { LinkStatus } from './line';
export type { Snapshot } from './stream';

const ANSWER_MS_MAX = 5_000;

export type LinkOptions = {
  /** Where the worker listens, e.g. `ws://127.0.0.1:4010`. */
  url: string;
  /** Host ms that an answer may take, two signs of life are apart, and the worker may be silent. */
  answerMsMax?: number;
  beatMs?: number;
  silenceMsMax?: number;
} & ({ key: string } | { keyFile: string });

/** Every call may fail with `WorkerUnreachable`, `LinkTimeout` or `LinkFailure`. */
export interface LinkClient {
  /** Resolves when the command is journaled (or refused, which is journaled too). */
  command(command: OperatorCommandInput): Promise<CommandReply>;
  snapshot(): Promise<Snapshot>;
  /** A snapshot first, then frames without a gap; after a gap or a new connection, a snapshot again. @returns how to leave. */
  subscribe(listener: Listener): () => void;
  status(): LinkStatus;
  /** Told whenever the worker comes or goes. @returns how to leave. */
  onStatus(listener: (status: LinkStatus) => void): () => void;
  close(): void;
}

function readKey(options: LinkOptions): string {
  if ('key' in options) return options.key;
  try {
    return readFileSync(options.keyFile, 'utf8').trim();
  } catch {
    throw new Error(
      `The link key ${options.keyFile} cannot be read. Is the stack running, and is this its home?`,
    );
  }
}

/** Dials at once and goes on until closed. */
export function connectLink(options: LinkOptions): LinkClient {
  const { url, beatMs, silenceMsMax, answerMsMax = ANSWER_MS_MAX } = options;
  const calls = openCalls();
  const watchers = new Set<(status: LinkStatus) => void>();
  const tellWatchers = () => {
    for (const watcher of [...watchers]) watcher(line.status());
  };

  async function call(request: (id: number) => LinkRequest) {
    await line.ready();
    return calls.call((id) => line.send(request(id)), answerMsMax);
  }

  /** Without a stream the line is no good: it is dialled again, and the next one subscribes anew. */
  function follow() {
    call((id) => ({ kind: 'subscribe', id })).catch(() => line.hangUp());
  }

  const stream = openStream(follow);
  const line = openLine({
    url,
    key: () => readKey(options),
    beatMs,
    silenceMsMax,
    opened() {
      if (stream.isFollowed()) follow();
      tellWatchers();
    },
    heard(reply) {
      if (reply.kind === 'stream') stream.take(reply.message);
      else calls.answer(reply);
    },
    lost(why) {
      calls.lost(why);
      tellWatchers();
    },
  });

  return {
    async command(command) {
      const reply = commandReply.safeParse(await call((id) => ({ kind: 'command', id, command })));
      if (reply.success) return reply.data;
      throw new LinkFailure('The worker answered a command with something else.');
    },
    async snapshot() {
      const reply = streamMessage.safeParse(await call((id) => ({ kind: 'snapshot', id })));
      if (reply.success && reply.data.kind === 'snapshot') return reply.data;
      throw new LinkFailure('The worker answered with no snapshot.');
    },
    subscribe(listener) {
      const first = !stream.isFollowed();
      const leave = stream.join(listener);
      if (first && line.status().connected) follow();
      return leave;
    },
    status: () => line.status(),
    onStatus(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    close() {
      watchers.clear();
      line.close();
      calls.lost('The link was closed here.');
    },
  };
}
