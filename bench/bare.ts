/** The peer: a bare `@stoqey/ib` client that places the same bracket, with the socket as the library leaves it or without Nagle's delay. */
import { type Contract, EventName, IBApi, type Order, OrderAction, OrderType, SecType } from '@stoqey/ib';
import type { Stage } from './stage';

interface Socketed {
  controller: { socket: { client: { setNoDelay(on: boolean): void } } };
}

/** What the adapter does too (`sendWithoutDelay`): else Nagle's algorithm holds the second message back for 40 ms. */
export function withoutNagle(ib: IBApi): void {
  (ib as unknown as Socketed).controller.socket.client.setNoDelay(true);
}

/** @returns ms from the call to the third order frame, one sample a bracket. */
export async function measureBare(
  stage: Stage,
  samples: number,
  pauseMs: number,
  noDelay: boolean,
): Promise<number[]> {
  const ib = new IBApi({ host: '127.0.0.1', port: stage.tapPort, clientId: noDelay ? 31 : 32 });
  const contract = await connected(ib);
  const firstId = contract.nextOrderId;
  if (noDelay) withoutNagle(ib);
  const taken: number[] = [];
  for (let n = 0; n < samples; n++) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const id = firstId + n * 3;
    const arrived = stage.orders(3);
    const startedNs = process.hrtime.bigint();
    const legs = bracket(id, contract.last - 75);
    legs.forEach((leg, index) => {
      ib.placeOrder(id + index, contract.future, leg);
    });
    const last = (await arrived).at(-1) ?? startedNs;
    taken.push(Number(last - startedNs) / 1e6);
    const gone = new Promise<void>((resolve) => {
      const heard = (orderId: number, status: string) => {
        if (orderId !== id + 2 || status !== 'Cancelled') return;
        ib.off(EventName.orderStatus, heard);
        resolve();
      };
      ib.on(EventName.orderStatus, heard);
    });
    ib.cancelOrder(id);
    await gone;
  }
  ib.disconnect();
  return taken;
}

function bracket(id: number, entry: number): Order[] {
  const shared = { totalQuantity: 1, outsideRth: true };
  const group = { ocaGroup: `bare-${id}`, ocaType: 1, parentId: id, tif: 'GTC' as const };
  return [
    {
      ...shared,
      action: OrderAction.BUY,
      orderType: OrderType.LMT,
      lmtPrice: entry,
      tif: 'DAY',
      transmit: false,
    },
    {
      ...shared,
      ...group,
      action: OrderAction.SELL,
      orderType: OrderType.LMT,
      lmtPrice: entry + 10,
      transmit: false,
    },
    {
      ...shared,
      ...group,
      action: OrderAction.SELL,
      orderType: OrderType.STP,
      auxPrice: entry - 5,
      transmit: true,
    },
  ];
}

/** Connects, finds the ES and its last price. */
export function connected(ib: IBApi): Promise<{ future: Contract; last: number; nextOrderId: number }> {
  return new Promise((resolve) => {
    let future: Contract | null = null;
    let nextOrderId = 0;
    ib.once(EventName.nextValidId, (orderId) => {
      nextOrderId = orderId;
      ib.reqContractDetails(1, { symbol: 'ES', secType: SecType.FUT, exchange: 'CME', currency: 'USD' });
    });
    ib.on(EventName.contractDetails, (_, details) => {
      if (future) return;
      future = { conId: details.contract.conId, exchange: 'CME' };
      ib.reqMktData(2, future, '', false, false);
    });
    const tick = (_: number, type: number | undefined, price: number | undefined) => {
      if (type !== 4 || price === undefined || !future) return;
      ib.off(EventName.tickPrice, tick);
      ib.cancelMktData(2);
      resolve({ future, last: price, nextOrderId });
    };
    ib.on(EventName.tickPrice, tick);
    ib.connect();
  });
}
