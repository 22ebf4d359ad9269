/** Who may open the link: a program on this machine that holds the key. A browser never does, whatever page it shows. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { LINK_KEY_HEADER, LINK_PATH } from './protocol';

export type Verdict = { open: true } | { open: false; status: string; why: string };

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Host must be loopback (a name that was bound anew to this machine is not), Origin absent, and the key right, compared in constant time. */
export function verdictOn({ headers, url }: Pick<IncomingMessage, 'headers' | 'url'>, key: string): Verdict {
  if ((url ?? '').split('?', 1)[0] !== LINK_PATH) {
    return { open: false, status: '404 Not Found', why: `The link is at ${LINK_PATH}.` };
  }
  if (!LOOPBACK.test(headers.host ?? '') || headers.origin !== undefined) {
    return { open: false, status: '403 Forbidden', why: 'The link is for programs on this machine only.' };
  }
  const presented = headers[LINK_KEY_HEADER];
  const hash = sha256(typeof presented === 'string' ? presented : '');
  if (key === '' || !timingSafeEqual(hash, sha256(key))) {
    return { open: false, status: '401 Unauthorized', why: 'The link key is missing or wrong.' };
  }
  return { open: true };
}
