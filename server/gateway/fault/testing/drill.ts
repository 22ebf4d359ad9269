/** A fault drill for tests: a gateway, a real client, and faults as a person types them. */
import { EventName } from '@stoqey/ib';
import type { Gateway } from '../../gateway';
import type { Terminal } from '../../testing/terminal';
import { parseFault } from '../spell';

/** Puts faults, until they are lifted (or for as long as the words say). @returns the id of the last */
export function spoil(gateway: Gateway, ...texts: readonly string[]): number {
  const ids = texts.map((text) => {
    const { fault, forMs } = parseFault(text);
    return gateway.faults.put(fault, forMs);
  });
  return ids.at(-1) ?? 0;
}

/** The names of all callbacks about orders so far, in the order in which they came. */
export function orderWords(client: Terminal): string[] {
  return client.heard.map(([name]) => name).filter((name) => ABOUT_ORDERS.has(name));
}

const ABOUT_ORDERS: ReadonlySet<string> = new Set([
  ...[EventName.openOrder, EventName.orderStatus, EventName.execDetails, EventName.commissionReport],
]);

/** Returns when everything that the gateway had to say at once has been heard: a question that is always answered comes last. */
export async function allHeard(client: Terminal): Promise<void> {
  const before = client.all(EventName.currentTime).length;
  client.api.reqCurrentTime();
  while (client.all(EventName.currentTime).length === before) await client.next();
}
