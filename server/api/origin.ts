/**
 * Who may call the API until there is a login: a page of our own on this machine, or a program on it.
 * Another site open in the same browser may not (its requests carry its origin), nor a name that was pointed at 127.0.0.1 (DNS rebinding).
 */

/** Set by our own client: a form or a plain cross-site request cannot carry it without asking first, and we never answer that. */
export const CONSOLE_HEADER = 'x-interlock-console';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

export interface Caller {
  method: string;
  header: (name: string) => string | null;
}

/** @param body the one content type of a POST. @returns why the request is refused, in a sentence, or null when it may pass. */
export function refusalOf(caller: Caller, body = 'application/json'): string | null {
  const host = caller.header('host') ?? '';
  if (!LOOPBACK.test(host)) {
    return `The console answers to localhost only, not to "${host.slice(0, 80)}". Open it as http://127.0.0.1.`;
  }
  const site = caller.header('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') {
    return 'The request comes from another site.';
  }
  const origin = caller.header('origin');
  if (origin !== null && origin !== `http://${host}` && origin !== `https://${host}`) {
    return 'The request comes from another origin.';
  }
  if (caller.method === 'GET') return null;
  if (caller.method !== 'POST') return `${caller.method.slice(0, 16)} is not served.`;
  const [type = ''] = (caller.header('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== body) return `The body is of another type: set content-type to ${body}.`;
  if (caller.header(CONSOLE_HEADER) !== '1') return `Commands carry the header ${CONSOLE_HEADER}: 1.`;
  return null;
}
