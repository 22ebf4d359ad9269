/** What stands between a connection and its socket: the place where frames are recorded, and where a fault can touch them. */
import type { Message } from '../wire/frame';

/** `deliver` may be called at once, later, more than once or never; after the connection has ended it does nothing. */
export interface Line {
  /** A message on its way to the client. */
  outgoing(message: Message, deliver: (message: Message) => void): void;
  /** The fields of a frame from the client: its version offer, its startApi, then its requests. */
  incoming(values: readonly string[], deliver: (values: readonly string[]) => void): void;
  /** The bytes of one write to the socket. */
  writing(bytes: Buffer, deliver: (bytes: Buffer) => void): void;
  /** The connection is over. */
  ended(by: 'client' | 'gateway', reason: string): void;
}

/** Everything arrives as it was sent. */
export const PLAIN_LINE: Line = {
  outgoing: (message, deliver) => deliver(message),
  incoming: (values, deliver) => deliver(values),
  writing: (bytes, deliver) => deliver(bytes),
  ended: () => undefined,
};
