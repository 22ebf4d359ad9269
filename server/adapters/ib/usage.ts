/** In which contracts orders of ours work on this connection: another month must not be traded while one may still fill in the old one. */
import type { Clock } from '../../ports';
import { spokenOf } from './spoken-of';

export interface OrderKey {
  orderId: number;
  clientId: number;
}

export interface Usage {
  /** An order of ours was sent, or the broker spoke of it. */
  works(order: OrderKey, conId: number): void;
  /** Nothing more is to be expected of it. */
  ended(order: OrderKey): void;
  /** @returns a question about a contract: does an order of ours work in it, or has anything happened to one since this call? */
  watch(): (conId: number) => boolean;
}

/** An order whose end was never told counts as working until nobody shows it any more. */
export function watchUsage(clock: Pick<Clock, 'now'>): Usage {
  const working = spokenOf<string, number>(clock);
  const touched = new Map<number, number>();
  let moment = 0;
  const name = ({ clientId, orderId }: OrderKey) => `${clientId}:${orderId}`;
  const touch = (conId: number) => touched.set(conId, ++moment);

  return {
    works: (order, conId) => {
      working.note(name(order), conId);
      touch(conId);
    },
    ended: (order) => {
      const conId = working.of(name(order));
      if (conId === undefined) return;
      working.forget(name(order));
      touch(conId);
    },
    watch: () => {
      const since = moment;
      return (conId) => working.values().includes(conId) || (touched.get(conId) ?? 0) > since;
    },
  };
}
