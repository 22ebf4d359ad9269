/** One connection to the worker, from dialling to its end. A worker that falls silent is hung up on, so that its loss is known in time. */
import { WebSocket } from 'ws';
import { LINK_KEY_HEADER, LINK_PATH, type LinkReply } from './protocol';
import { readReply } from './reply';

const HANDSHAKE_MS_MAX = 1_000;
const REPLY_BYTES_MAX = 32 * 1024 * 1024;

export interface Connection {
  url: string;
  key: string;
  /** Host ms between two pings, and without any sign of life before the worker counts as gone. */
  beatMs: number;
  silenceMsMax: number;
  opened(): void;
  /** At every sign of life. */
  alive(): void;
  heard(reply: LinkReply): void;
  /** Once, at the end, also when it never opened. */
  ended(why: string): void;
}

function wordsOf({ message }: Error): string {
  if (message.includes('401')) return 'The worker refused the link key.';
  if (message.includes('ECONNREFUSED')) return 'No worker listens there.';
  return message;
}

/** @throws Error when the address is no address. */
export function dial(connection: Connection): WebSocket {
  const { url, key, beatMs, silenceMsMax, opened, heard, ended } = connection;
  const socket = new WebSocket(new URL(LINK_PATH, url), {
    headers: { [LINK_KEY_HEADER]: key },
    handshakeTimeout: HANDSHAKE_MS_MAX,
    maxPayload: REPLY_BYTES_MAX,
    perMessageDeflate: false,
  });
  let why = 'The worker closed the link.';
  let heardMs = 0;
  let beat: NodeJS.Timeout | null = null;

  function hangUp(reason: string) {
    why = reason;
    socket.terminate();
  }

  function alive() {
    heardMs = performance.now();
    connection.alive();
  }

  function check() {
    if (performance.now() - heardMs > silenceMsMax) {
      hangUp(`The worker has not answered for ${silenceMsMax} ms.`);
    } else socket.ping();
  }

  socket
    .on('open', () => {
      alive();
      beat = setInterval(check, beatMs);
      opened();
    })
    .on('pong', alive)
    .on('message', (data) => {
      alive();
      const reply = readReply(data.toString());
      if (reply) heard(reply);
      else hangUp('The worker said what this program cannot read; are both of one version?');
    })
    .on('error', (error) => {
      why = wordsOf(error);
    })
    .on('close', () => {
      if (beat) clearInterval(beat);
      ended(why);
    });
  return socket;
}
