/** Reads a request body that may be hostile: counted while it streams, cut at a size and at a deadline. */
import type { IncomingMessage } from 'node:http';

export type Body =
  | { kind: 'whole'; bytes: Uint8Array }
  | { kind: 'oversized'; start: Uint8Array }
  | { kind: 'slow'; start: Uint8Array }
  /** The sender hung up: there is nobody to answer. */
  | { kind: 'gone' };

/** @param limit bytes; @param deadlineMs host ms from now for the whole body. */
export function readBody(
  request: IncomingMessage,
  { limit, deadlineMs }: { limit: number; deadlineMs: number },
): Promise<Body> {
  if (Number(request.headers['content-length']) > limit) {
    return Promise.resolve({ kind: 'oversized', start: new Uint8Array() });
  }
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const finish = (body: Body) => {
      clearTimeout(timer);
      request.off('data', take).off('end', whole).off('close', gone);
      resolve(body);
    };
    const take = (piece: Buffer) => {
      pieces.push(piece);
      size += piece.length;
      if (size > limit) finish({ kind: 'oversized', start: Buffer.concat(pieces) });
    };
    const whole = () => finish({ kind: 'whole', bytes: Buffer.concat(pieces) });
    const gone = () => finish({ kind: 'gone' });
    const timer = setTimeout(() => finish({ kind: 'slow', start: Buffer.concat(pieces) }), deadlineMs);
    request.on('data', take).on('end', whole).on('close', gone).on('error', gone);
  });
}

const LINGER_MS = 1_000;
const LINGER_BYTES = 1024 * 1024;

/**
 * What is left of a refused body is thrown away for a moment, so that the sender reads the answer instead of a broken connection.
 * @param done called once: when the body has ended, or when it has taken more than a second or a MiB.
 */
export function discardRest(request: IncomingMessage, done: () => void): void {
  if (request.complete) {
    done();
    return;
  }
  let left = LINGER_BYTES;
  const finish = () => {
    clearTimeout(timer);
    request.off('data', count).off('end', finish).off('close', finish);
    done();
  };
  const count = (piece: Buffer) => {
    left -= piece.length;
    if (left < 0) finish();
  };
  const timer = setTimeout(finish, LINGER_MS);
  request.on('data', count).on('end', finish).on('close', finish);
}
