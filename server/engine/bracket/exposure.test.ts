/** Random days with partial fills, refusals, lost and refused changes and moving stops: what may be closed never exceeds what is there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordersOf } from '../model/book';
import { closingExposure, entryRemainder } from '../model/cover';
import { isOverclosed, netQuantity } from '../model/cycle';
import { isSettling, signOf } from '../model/order';
import { type Desk, openDesk } from '../testing/desk';
import { heal, moodyDays, perform } from '../testing/workload';

const RUN = {
  numRuns: Number(process.env.ENGINE_DAYS ?? 25),
  seed: Number(process.env.ENGINE_SEED ?? 20_251_212),
};

const SYMBOLS = ['ES', 'MES'] as const;

const working = (desk: Desk) =>
  desk.broker.working().flatMap((ref) => {
    const order = desk.broker.orders.get(ref);
    return order ? [order] : [];
  });

/** I2, on the broker’s truth: closers of a symbol, the widest of each group, against position and entry. */
function exposureAtBroker(desk: Desk, symbol: string): { closing: number; there: number } {
  const groups = new Map<string, number>();
  let entering = 0;
  for (const { spec, filled } of working(desk)) {
    if (spec.symbol !== symbol) continue;
    const open = spec.quantity - filled;
    if (!spec.reduceOnly) entering += open;
    else groups.set(spec.ocaGroup ?? spec.ref, Math.max(groups.get(spec.ocaGroup ?? spec.ref) ?? 0, open));
  }
  const closing = [...groups.values()].reduce((sum, open) => sum + open, 0);
  return { closing, there: Math.abs(desk.broker.position(symbol)) + entering };
}

/** I2, as the engine sees it, with everything that it has asked for. */
function exposureInBook(desk: Desk): void {
  for (const cycle of desk.openCycles()) {
    const orders = ordersOf(desk.state, cycle.cycleId);
    if (isOverclosed(cycle) || orders.some(isSettling) || cycle.flatHostMs !== null) continue;
    const bound = Math.abs(netQuantity(cycle)) + entryRemainder(orders);
    // until an order or its change is answered it cannot be made smaller
    if (orders.some((order) => order.change !== null || order.phase === 'Pending')) continue;
    expect([cycle.cycleId, closingExposure(orders) <= bound]).toEqual([cycle.cycleId, true]);
  }
}

describe('any day with partial fills, refused changes and rules', () => {
  it('never has more to close at the broker than is there, once its changes are answered', () => {
    fc.assert(
      fc.property(moodyDays, (day) => {
        const desk = openDesk();
        day.forEach((act, n) => {
          perform(desk, act, n);
          exposureInBook(desk);
        });
        heal(desk);
        desk.later(60_000);
        for (const symbol of SYMBOLS) {
          const { closing, there } = exposureAtBroker(desk, symbol);
          expect([symbol, closing <= there]).toEqual([symbol, true]);
        }
      }),
      RUN,
    );
  });

  it('sends no closing order that exceeds the position, and loosens no stop', () => {
    fc.assert(
      fc.property(moodyDays, (day) => {
        const desk = openDesk();
        const stops = watchStops(desk);
        let seen = 0;
        day.forEach((act, n) => {
          const before = new Map<string, number>(SYMBOLS.map((symbol) => [symbol, largest(desk, symbol)]));
          perform(desk, act, n);
          stops();
          for (const command of desk.broker.received.slice(seen)) {
            if (command.type !== 'PlaceOrder') continue;
            const { ref, symbol, quantity } = command.order;
            const most = Math.max(before.get(symbol) ?? 0, largest(desk, symbol));
            expect([ref, quantity <= most]).toEqual([ref, true]);
          }
          seen = desk.broker.received.length;
        });
        heal(desk);
        stops();
      }),
      RUN,
    );
  });

  it('ends protected or flat, whatever was refused on the way', () => {
    fc.assert(
      fc.property(moodyDays, (day) => {
        const desk = openDesk();
        day.forEach((act, n) => {
          perform(desk, act, n);
        });
        heal(desk);
        desk.later(60_000);
        for (const cycle of desk.openCycles()) {
          if (cycle.phase === 'open') expect(cycle.protection.state).toMatch(/^(protected|emergency|none)$/);
        }
      }),
      RUN,
    );
  });
});

/** The most that may have been held around a step: what is held, and all that its entries bought in it. */
function largest(desk: Desk, symbol: string): number {
  return Object.values(desk.state.cycles)
    .filter((cycle) => cycle.symbol === symbol && cycle.phase !== 'denied')
    .reduce((most, cycle) => Math.max(most, Math.abs(netQuantity(cycle)), cycle.entryQuantity), 0);
}

/** The triggers at which the broker works the bracket's stops only ever go toward less risk. */
function watchStops(desk: Desk): () => void {
  const last = new Map<string, number>();
  return () => {
    for (const [ref, { spec }] of desk.broker.orders) {
      if (spec.role !== 'stop' || spec.triggerTicks === null) continue;
      const before = last.get(ref) ?? spec.triggerTicks;
      const safer = (spec.triggerTicks - before) * -signOf(spec.side);
      expect([ref, safer >= 0]).toEqual([ref, true]);
      last.set(ref, spec.triggerTicks);
    }
  };
}
