/** What the exchange holds, asked by a client of its own that nobody disturbs: contracts held, and orders of the worker that work. */
import { type Contract, EventName, IBApi, type Order } from '@stoqey/ib';

export interface Holdings {
  /** By symbol; none for nothing held. */
  readonly positions: Readonly<Record<string, number>>;
  /** References of working orders, in order. */
  readonly orders: readonly string[];
}

/** @throws when the gateway does not answer within `withinMs` */
export async function lookAt(
  port: number,
  clientId: number,
  workerId: number,
  withinMs = 5_000,
): Promise<Holdings> {
  const ib = new IBApi({ host: '127.0.0.1', port, clientId });
  const positions: Record<string, number> = {};
  const orders: string[] = [];
  ib.on(EventName.position, (_account: string, { symbol = '' }: Contract, held: number) => {
    if (held !== 0) positions[symbol] = (positions[symbol] ?? 0) + held;
  });
  ib.on(EventName.openOrder, (_id: number, _contract: Contract, order: Order) => {
    if (order.clientId === workerId) orders.push(order.orderRef ?? '');
  });
  ib.on(EventName.error, () => undefined);
  try {
    await heard(ib, EventName.nextValidId, () => ib.connect(), withinMs);
    await heard(ib, EventName.positionEnd, () => ib.reqPositions(), withinMs);
    await heard(ib, EventName.openOrderEnd, () => ib.reqAllOpenOrders(), withinMs);
    return { positions, orders: [...new Set(orders)].sort() };
  } finally {
    ib.disconnect();
  }
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
