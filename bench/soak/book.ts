/** The same account twice: as the worker shows it, and as the exchange holds it. */
import { type Contract, EventName, IBApi, type Order } from '@stoqey/ib';
import type { View } from '../../server/engine/view/words';

export interface Book {
  /** Signed contracts by symbol; none for nothing held. */
  readonly positions: Readonly<Record<string, number>>;
  /** Working orders: reference, side, and the contracts that are still to be filled. */
  readonly orders: readonly string[];
}

/** Phases of an order that may still fill. */
const LIVE: ReadonlySet<string> = new Set(['Pending', 'Working', 'Cancelling', 'Unknown']);

export function bookOf({ positions, brackets }: View): Book {
  const held: Record<string, number> = {};
  for (const { symbol, quantity } of positions) held[symbol] = (held[symbol] ?? 0) + quantity;
  const live = brackets.flatMap(({ orders }) => orders).filter(({ phase }) => LIVE.has(phase));
  return {
    positions: withoutZeros(held),
    orders: live.map(({ ref, side, quantity, filled }) => `${ref} ${side} ${quantity - filled}`).sort(),
  };
}

/**
 * Asked by a client of its own that nobody disturbs.
 * @throws when the gateway does not answer within `withinMs`
 */
export async function truthOf(
  port: number,
  clientId: number,
  workerId: number,
  withinMs = 5_000,
): Promise<Book> {
  const ib = new IBApi({ host: '127.0.0.1', port, clientId });
  const held: Record<string, number> = {};
  const working = new Map<number, { ref: string; side: string; open: number }>();
  ib.on(EventName.position, (_account: string, { symbol = '' }: Contract, quantity: number) => {
    held[symbol] = (held[symbol] ?? 0) + quantity;
  });
  ib.on(EventName.openOrder, (_id: number, _contract: Contract, order: Order) => {
    const { permId = 0, orderRef: ref = '', action: side = '', totalQuantity: open = 0 } = order;
    if (order.clientId === workerId) working.set(permId, { ref, side, open });
  });
  ib.on(
    EventName.orderStatus,
    (_id: number, _status: string, _filled: number, remaining: number, _average: number, permId?: number) => {
      const order = working.get(permId ?? 0);
      if (order) order.open = remaining;
    },
  );
  ib.on(EventName.error, () => undefined);
  try {
    await heard(ib, EventName.nextValidId, () => ib.connect(), withinMs);
    await heard(ib, EventName.positionEnd, () => ib.reqPositions(), withinMs);
    await heard(ib, EventName.openOrderEnd, () => ib.reqAllOpenOrders(), withinMs);
    const orders = [...working.values()].map(({ ref, side, open }) => `${ref} ${side} ${open}`).sort();
    return { positions: withoutZeros(held), orders };
  } finally {
    ib.disconnect();
  }
}

function withoutZeros(held: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(held)
      .filter(([, quantity]) => quantity !== 0)
      .sort(([one], [other]) => one.localeCompare(other)),
  );
}

function heard(ib: IBApi, name: EventName, ask: () => unknown, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The gateway did not say ${name} in ${withinMs} ms.`)),
      withinMs,
    );
    // the library's types want one name at a time
    ib.once(name as EventName.positionEnd, () => {
      clearTimeout(timer);
      resolve();
    });
    ask();
  });
}
