/** The connected clients, by client id. Invariant: one connection per id, at most 32 of them. */
import { errorMessage } from '../answer/system';
import { NO_ID } from '../wire/fields';
import type { Message } from '../wire/frame';
import type { Client } from './client';

export const CLIENTS_MAX = 32;

const ID_IN_USE = 'Unable to connect as the client id is already in use. Retry with a unique client id.';
const ID_IN_USE_CODE = 326;
const TOO_MANY_CODE = 321;

export class Clients {
  private readonly byId = new Map<number, Client>();

  [Symbol.iterator](): Iterator<Client> {
    return this.byId.values();
  }

  /** The message that refuses this id, if it is refused: the client that came first stays. */
  refusal(id: number): Message | undefined {
    if (this.byId.has(id)) return errorMessage(NO_ID, ID_IN_USE_CODE, ID_IN_USE);
    if (this.byId.size < CLIENTS_MAX) return undefined;
    return errorMessage(
      NO_ID,
      TOO_MANY_CODE,
      `${CLIENTS_MAX} clients are connected, which is the most there can be.`,
    );
  }

  add(client: Client): void {
    this.byId.set(client.id, client);
  }

  remove(client: Client): void {
    if (this.byId.get(client.id) === client) this.byId.delete(client.id);
  }
}
