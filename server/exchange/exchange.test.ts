// What must hold whatever is done: determinism, positions equal to executions, groups that never overfill.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exchange } from './exchange';
import { syntheticMarket } from './synthetic';
import { Bench } from './testing/bench';
import type { ExchangeEvent, OrderRequest, OrderType } from './words';

const START = 1_762_959_600_000;
const SECOND = 1_000;

type Act =
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'cancel'; readonly orderId: number }
  | { readonly kind: 'cancelAll' }
  | { readonly kind: 'order'; readonly draft: Draft };

interface Draft {
  readonly action: 'BUY' | 'SELL';
  readonly orderType: OrderType;
  readonly offset: number;
  readonly quantity: number;
  readonly parentBack: number;
  readonly group: string;
  readonly ocaType: 1 | 2 | 3;
  readonly transmit: boolean;
}

const draft = fc.record({
  action: fc.constantFrom('BUY', 'SELL'),
  orderType: fc.constantFrom<OrderType[]>('MKT', 'LMT', 'STP', 'STP LMT'),
  offset: fc.integer({ min: -24, max: 24 }),
  quantity: fc.integer({ min: 1, max: 6 }),
  parentBack: fc.integer({ min: 0, max: 2 }),
  group: fc.constantFrom('', '', 'a', 'b'),
  ocaType: fc.constantFrom(1, 2, 3),
  transmit: fc.boolean(),
});

const orderId = fc.integer({ min: 1, max: 12 });
const seconds = fc.integer({ min: 1, max: 30 });
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('order' as const), draft }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), orderId }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancelAll' as const) }) },
  ),
  { maxLength: 40 },
);

/** Plays the acts on a thin, lively market in which partial fills are common. */
function run(
  seed: number,
  script: readonly Act[],
  latencyMs = 0,
): { exchange: Exchange; events: ExchangeEvent[] } {
  const market = syntheticMarket({ historyBars: 0, touchSize: 1 });
  const exchange = new Exchange({ seed, startTs: START, market, latencyMs, startingCash: 10_000_000 });
  const conId = exchange.contracts({ localSymbol: 'ESZ5' })[0]?.contract.conId ?? 0;
  const events = exchange.advanceTo(START + 2 * SECOND);
  for (const act of script) events.push(...play(exchange, conId, act));
  events.push(...exchange.advanceTo(exchange.now + 60 * SECOND));
  return { exchange, events };
}

function play(exchange: Exchange, conId: number, act: Act): ExchangeEvent[] {
  switch (act.kind) {
    case 'wait':
      return exchange.advanceTo(exchange.now + act.seconds * SECOND);
    case 'cancel':
      return exchange.cancelOrder(1, act.orderId);
    case 'cancelAll':
      return exchange.globalCancel(1);
    case 'order':
      return exchange.placeOrder(requestOf(exchange, conId, act.draft));
  }
}

function requestOf(exchange: Exchange, conId: number, drawn: Draft): OrderRequest {
  const orderId = exchange.nextValidId(1);
  const price = (exchange.quote(conId)?.last ?? 6850) + drawn.offset * 0.25;
  return {
    clientId: 1,
    orderId,
    contract: { conId },
    action: drawn.action,
    totalQuantity: drawn.quantity,
    orderType: drawn.orderType,
    lmtPrice: price,
    auxPrice: price,
    parentId: drawn.parentBack === 0 ? 0 : Math.max(0, orderId - drawn.parentBack),
    ocaGroup: drawn.group,
    ocaType: drawn.ocaType,
    transmit: drawn.transmit,
  };
}

function signedSize(event: ExchangeEvent): number {
  if (event.kind !== 'execDetails') return 0;
  return event.execution.side === 'BOT' ? event.execution.shares : -event.execution.shares;
}

const ANY_RUN = [fc.integer({ min: 0, max: 1000 }), acts, fc.constantFrom(0, 0, 250)] as const;

describe('the exchange', () => {
  it('gives the same events for the same seed and the same calls', () => {
    fc.assert(
      fc.property(...ANY_RUN, (seed, script, latencyMs) => {
        expect(run(seed, script, latencyMs).events).toEqual(run(seed, script, latencyMs).events);
      }),
      { numRuns: 15 },
    );
  });

  it('gives the same events however time is cut into steps', () => {
    const whole = new Exchange({ seed: 5, startTs: START, market: syntheticMarket() });
    const cut = new Exchange({ seed: 5, startTs: START, market: syntheticMarket() });
    const steps: ExchangeEvent[] = [];
    while (cut.now < START + 60 * SECOND)
      steps.push(...cut.advanceTo(Math.min(cut.nextEventTs(), START + 60 * SECOND)));
    expect(steps).toEqual(whole.advanceTo(START + 60 * SECOND));
  });

  it('goes neither back in time nor to the end of it', () => {
    const exchange = new Exchange({ seed: 5, startTs: START, market: syntheticMarket() });
    for (const ts of [START - 1, Number.POSITIVE_INFINITY, Number.NaN])
      expect(() => exchange.advanceTo(ts)).toThrow(RangeError);
    expect(exchange.now).toBe(START);
  });

  it('gives another market for another seed', () => {
    expect(run(1, []).events).not.toEqual(run(2, []).events);
  });

  it('holds exactly what was executed, pays exactly what was charged', () => {
    fc.assert(
      fc.property(...ANY_RUN, (seed, script, latencyMs) => {
        const { exchange, events } = run(seed, script, latencyMs);
        const held = exchange.positions()[0]?.position ?? 0;
        expect(held).toBe(events.reduce((sum, event) => sum + signedSize(event), 0));
        const { NetLiquidation } = exchange.accountValues();
        expect(NetLiquidation).toBeCloseTo(10_000_000 + netValue(exchange, events), 4);
      }),
      { numRuns: 100 },
    );
  });

  it('fills no order beyond its size, and says nothing of an order after its end but refusals', () => {
    fc.assert(
      fc.property(...ANY_RUN, (seed, script, latencyMs) => {
        const ended = new Set<number>();
        const wrong: ExchangeEvent[] = [];
        for (const event of run(seed, script, latencyMs).events) {
          if (event.kind === 'execDetails' && ended.has(event.execution.orderId)) wrong.push(event);
          if (event.kind !== 'orderStatus') continue;
          const { orderId, status, remaining } = event.status;
          if (remaining < 0 || ended.has(orderId)) wrong.push(event);
          if (['Filled', 'Cancelled', 'ApiCancelled', 'Inactive'].includes(status)) ended.add(orderId);
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('lets only one member of a type 1 group fill, at any latency', () => {
    fc.assert(
      fc.property(...ANY_RUN, (seed, script, latencyMs) => {
        const typeOne = script.map((act) =>
          act.kind === 'order'
            ? { ...act, draft: { ...act.draft, group: act.draft.group || 'a', ocaType: 1 as const } }
            : act,
        );
        const { exchange } = run(seed, typeOne, latencyMs);
        const orders = [...exchange.completedOrders(), ...exchange.openOrders('all')];
        for (const group of ['a', 'b']) {
          const filled = orders.filter((order) => order.ocaGroup === group && order.filled > 0);
          expect(filled.length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('never lets a child fill more than its parent', () => {
    fc.assert(
      fc.property(...ANY_RUN, (seed, script, latencyMs) => {
        const { exchange } = run(seed, script, latencyMs);
        const orders = [...exchange.completedOrders(), ...exchange.openOrders('all')];
        const filled = new Map(orders.map((order) => [order.permId, order.filled]));
        for (const child of orders.filter((order) => order.parentPermId !== 0)) {
          expect(child.filled).toBeLessThanOrEqual(filled.get(child.parentPermId) ?? 0);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('refuses to go back in time', () => {
    const { exchange } = new Bench();
    expect(() => exchange.advanceTo(exchange.now - 1)).toThrow(RangeError);
    expect(() => exchange.advanceTo(Number.NaN)).toThrow(RangeError);
  });
});

/** Cash and open value of all executions, from scratch: what was sold less what was bought, less commissions. $ */
function netValue(exchange: Exchange, events: readonly ExchangeEvent[]): number {
  let value = 0;
  for (const event of events) {
    if (event.kind === 'execDetails') value -= signedSize(event) * event.execution.price * 50;
    if (event.kind === 'commissionReport') value -= event.report.commission;
  }
  const [held] = exchange.positions();
  return value + (held?.marketValue ?? 0);
}
