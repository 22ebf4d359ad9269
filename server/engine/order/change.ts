/**
 * What became of a modification. The broker's word on size and price wins, whoever it came from: a change may be refused, get lost or cross
 * a fill. A status tells the size; the prices are told by the open order before it, and by a report; an error tells that all is as it was.
 */
import { withOrder } from '../model/book';
import type { BrokerOrder, BrokerReport, OrderPrices } from '../model/broker';
import type { CycleFact } from '../model/fact';
import { hasOtherPermId } from '../model/incident';
import { isLive, type Order, type OrderChange, type OrderSpec } from '../model/order';
import { orderWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';

/**
 * @param quantity of the working order by a status: the one that was asked for answers the change.
 * @param prices as the open order before it showed them. A status alone may be old and answers no change of a price (seed 20832).
 */
export function sizedTo(order: Order, quantity: number, prices: OrderPrices | undefined): Order {
  const { spec, change } = order;
  if (change?.quantity === quantity && isAnswered(spec, change, prices)) return changed(order, change);
  return quantity === spec.quantity ? order : orderWith(order, { spec: { ...spec, quantity } });
}

function isAnswered(spec: OrderSpec, change: OrderChange, prices: OrderPrices | undefined): boolean {
  if (samePrices(change, spec)) return change.phase === 'asked';
  return prices !== undefined && samePrices(change, pricesOf(spec, prices));
}

type Terms = Pick<OrderSpec, 'quantity' | 'limitTicks' | 'triggerTicks'>;

function changed(order: Order, { quantity, limitTicks, triggerTicks }: Terms): Order {
  return orderWith(order, { spec: { ...order.spec, quantity, limitTicks, triggerTicks }, change: null });
}

export function refused(order: Order): Order {
  const { change } = order;
  if (change?.phase !== 'asked') return order;
  return orderWith(order, { change: { ...change, phase: 'refused', refusals: change.refusals + 1 } });
}

/**
 * @param askedHostMs when the report was asked for: of a change that was sent later it knows nothing.
 * @returns a fact for each order that works at another price or size than was believed.
 */
export function termsReported(state: EngineState, report: BrokerReport, askedHostMs: number): Outcome {
  return chain(
    state,
    ...report.openOrders.map((told) => (current: EngineState) => {
      const order = current.orders[told.orderRef];
      return order && isLive(order) && !hasOtherPermId(order, told.permId)
        ? termsOf(current, order, told, askedHostMs)
        : unchanged(current);
    }),
  );
}

function termsOf(state: EngineState, order: Order, told: BrokerOrder, askedHostMs: number): Outcome {
  const { spec, change } = order;
  const tooEarly = change?.phase === 'asked' && change.sentHostMs >= askedHostMs;
  if (told.remaining <= 0 || tooEarly) return unchanged(state);
  const works = { quantity: told.filled + told.remaining, ...pricesOf(spec, told) };
  if (change && same(works, change)) return unchanged(withOrder(state, changed(order, works)));
  if (same(works, spec)) {
    const answered = refused(order);
    return unchanged(answered === order ? state : withOrder(state, answered));
  }
  const { ref, cycleId, symbol } = spec;
  const text = `The broker works ${termsText(works)}, we believed ${termsText(spec)}.`;
  const anomaly: CycleFact = { type: 'OrderAnomaly', cycleId, symbol, ref, text };
  const next = refused(orderWith(order, { spec: { ...spec, ...works } }));
  return { state: withOrder(state, next), facts: [anomaly], commands: [] };
}

/** Only the prices that an order of its type has: IB shows a computed limit for a stop. */
function pricesOf(spec: OrderSpec, told: OrderPrices): OrderPrices {
  const limited = spec.type === 'LMT' || spec.type === 'STP LMT';
  const triggered = spec.type === 'STP' || spec.type === 'STP LMT';
  return {
    limitTicks: limited ? (told.limitTicks ?? spec.limitTicks) : spec.limitTicks,
    triggerTicks: triggered ? (told.triggerTicks ?? spec.triggerTicks) : spec.triggerTicks,
  };
}

function same(a: Terms, b: Terms): boolean {
  return a.quantity === b.quantity && samePrices(a, b);
}

function samePrices(a: OrderPrices, b: OrderPrices): boolean {
  return a.limitTicks === b.limitTicks && a.triggerTicks === b.triggerTicks;
}

function termsText({ quantity, limitTicks, triggerTicks }: Terms): string {
  const prices = [
    triggerTicks === null ? '' : ` trigger ${triggerTicks} ticks`,
    limitTicks === null ? '' : ` limit ${limitTicks} ticks`,
  ];
  return `${quantity}${prices.join('')}`;
}
