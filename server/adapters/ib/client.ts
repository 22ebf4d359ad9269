/**
 * What IB's client (@stoqey/ib) does wrong and has no switch for, mended through its private parts. Each mend says whether it found them:
 * should another version keep them elsewhere, trading goes on without it and the log says so. README.md has the whole list of dangers.
 */
import { Socket } from 'node:net';
import type { IbClient } from './options';

/**
 * Nagle's algorithm holds the second leg of a bracket back for 40 ms. To be called after each `connect`: the socket is a new one.
 * @returns false when the client's insides are no longer what they were: orders still go out, only later.
 */
export function sendWithoutDelay(api: IbClient): boolean {
  const socket = partOf(api, ['controller', 'socket', 'client']);
  if (!(socket instanceof Socket)) return false;
  socket.setNoDelay(true);
  return true;
}

const ERROR_MESSAGE = '4';
/** Where an error message carries the advanced reject: JSON, which the client parses unguarded and we do not read. */
const REJECT_JSON = 5;

/**
 * One message must not spoil another: an exception of the client's decoder would end the process, and what is left of the message would swallow
 * the next one. So the reject JSON is taken out before it is parsed, and whatever else cannot be decoded is thrown away alone.
 * @param unreadable is told why; the message is lost.
 * @returns false when the client's insides are no longer what they were.
 */
export function readAlone(api: IbClient, unreadable: (why: string) => void): boolean {
  const controller = partOf(api, ['controller']);
  const decoder = partOf(api, ['controller', 'decoder']);
  const take = methodOf(controller, 'onMessage');
  const decode = methodOf(controller, 'processIngressQueue');
  if (!isObject(controller) || !isObject(decoder) || take === null || decode === null) return false;
  Reflect.set(controller, 'onMessage', (tokens: string[]) => {
    if (tokens[0] === ERROR_MESSAGE && tokens.length > REJECT_JSON) tokens[REJECT_JSON] = '';
    take.call(controller, tokens);
  });
  Reflect.set(controller, 'processIngressQueue', () => {
    try {
      decode.call(controller);
    } catch (error) {
      Reflect.set(decoder, 'dataQueue', []);
      unreadable(String(error));
    }
  });
  return true;
}

function partOf(whole: unknown, path: readonly string[]): unknown {
  return path.reduce((inside, field) => (isObject(inside) ? Reflect.get(inside, field) : undefined), whole);
}

type Method = (...args: unknown[]) => unknown;

function methodOf(owner: unknown, name: string): Method | null {
  const method = partOf(owner, [name]);
  return typeof method === 'function' ? (method as Method) : null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
