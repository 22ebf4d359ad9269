import { describe, expect, it } from 'vitest';
import { tickValueMicros } from '../model/instrument';
import { microsOf } from '../model/money';
import { holdingDesk, openDesk } from '../testing/desk';
import { charged, executed } from '../testing/events';
import { ES, MES, T0, ticks } from '../testing/instruments';

describe('an execution', () => {
  it('counts once per execId, live and in every report (F29)', () => {
    const desk = openDesk().signal();
    const events = desk.broker.fill(desk.ref('entry'), ticks(6890.5));
    desk.when(...events, ...events, ...events);
    desk.cutWire().reconnect();
    expect(desk.of('OrderFilled')).toEqual([]);
    expect(desk.state.positions.ES?.quantity).toBe(1);
    expect(desk.cycle).toMatchObject({ entryQuantity: 1, commissionMicros: microsOf(2.25) });
  });

  it('carries its cycle id, its role and the position after it (F34)', () => {
    const desk = openDesk().signal({ quantity: 2 });
    const entry = desk.ref('entry');
    desk.when(...desk.broker.fill(entry, ticks(6890.5), 1));
    expect(desk.of('OrderFilled')).toMatchObject([
      { cycleId: desk.cycle.cycleId, ref: entry, role: 'entry', side: 'BUY', quantity: 1, positionAfter: 1 },
    ]);
    desk.when(...desk.broker.fill(entry, ticks(6890.25), 1));
    expect(desk.of('OrderFilled')).toMatchObject([{ priceTicks: ticks(6890.25), positionAfter: 2 }]);
    expect(desk.order('entry')).toMatchObject({ phase: 'Filled', filledQuantity: 2 });
  });

  it('of another order with a similar id counts', () => {
    const desk = openDesk().signal({ quantity: 2 });
    const orderRef = desk.ref('entry');
    desk.when(
      executed({ execId: '0000e0d5.63f8f39c.01.01', orderRef }),
      executed({ execId: '0000e0d5.63f8f39c.02.01', orderRef }),
    );
    expect(desk.state.positions.ES?.quantity).toBe(2);
  });
});

describe('a trade made by hand', () => {
  it('against the position closes the cycle that is open there', () => {
    const desk = holdingDesk();
    desk.broker.tradeByHand('ES', -1);
    desk.when(executed({ execId: 'manual', side: 'SELL', priceTicks: ticks(6893), ts: desk.ts }));
    desk.later(2_500);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'closed elsewhere' });
    expect(desk.broker.working()).toEqual([]);
  });

  it('that crosses zero closes one cycle and opens an adopted one, which is stopped at once', () => {
    const desk = holdingDesk();
    const [owner] = desk.openCycles();
    desk.broker.tradeByHand('ES', -3);
    desk.when(executed({ execId: 'manual', side: 'SELL', quantity: 3, priceTicks: ticks(6893) }));
    expect(desk.of('CycleAdopted')).toMatchObject([{ quantity: -2, averageTicks: ticks(6893) }]);
    const adopted = desk.openCycles().find((cycle) => cycle.origin === 'adopted');
    expect(adopted).toMatchObject({ side: 'SELL', entryQuantity: 2 });
    expect(owner && desk.state.cycles[owner.cycleId]).toMatchObject({ exitQuantity: 1 });
    expect(desk.sent).toMatchObject([
      {
        type: 'PlaceOrder',
        order: { role: 'emergency', side: 'BUY', quantity: 2, cycleId: adopted?.cycleId },
      },
    ]);
  });

  it('without any position is adopted, stopped, and compared with the broker', () => {
    const desk = openDesk();
    desk.broker.tradeByHand('MES', 2);
    desk.when(executed({ execId: 'manual', symbol: 'MES', quantity: 2 }));
    expect(desk.commands.map((command) => command.type)).toEqual([
      'RequestReport',
      'PlaceOrder',
      'SendAlert',
      'SendAlert',
    ]);
    expect(desk.cycle).toMatchObject({
      origin: 'adopted',
      symbol: 'MES',
      protection: { state: 'emergency' },
    });
  });
});

describe('a fill of an order whose cycle is closed and booked', () => {
  it('is a new position: adopted and stopped, the old result stays', () => {
    const desk = holdingDesk();
    const { cycleId } = desk.cycle;
    const stop = desk.ref('stop');
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
    const before = desk.state.cycles[cycleId];
    desk.broker.tradeByHand('ES', -1);
    desk.when(executed({ execId: 'late', orderRef: stop, side: 'SELL', priceTicks: ticks(6885.5) }));
    expect(desk.state.cycles[cycleId]).toEqual(before);
    expect(desk.state.positions.ES?.quantity).toBe(-1);
    expect(desk.cycle).toMatchObject({ origin: 'adopted', side: 'SELL', protection: { state: 'emergency' } });
  });
});

describe('a commission', () => {
  const target = (desk: ReturnType<typeof holdingDesk>) =>
    executed({
      execId: 'x',
      orderRef: desk.ref('target'),
      side: 'SELL',
      priceTicks: ticks(6898),
      ts: desk.ts,
    });

  it('before its execution is kept for it (F32)', () => {
    const desk = holdingDesk();
    desk.when(charged('x', microsOf(2.25)));
    expect(desk.facts).toEqual([]);
    desk.when(target(desk));
    expect(desk.of('CommissionCharged')).toMatchObject([{ execId: 'x', micros: microsOf(2.25) }]);
    expect(desk.cycle).toMatchObject({ phase: 'closed', realizedMicros: microsOf(375 - 4.5) });
    expect(desk.state.earlyCommissions).toEqual({});
  });

  it('holds the end of the cycle back for two seconds, and is booked when it comes later', () => {
    const desk = holdingDesk();
    desk.wired = false;
    desk.when(target(desk));
    expect(desk.later(1_750).of('CycleClosed')).toEqual([]);
    expect(desk.later(250).of('CycleClosed')).toMatchObject([{ realizedMicros: microsOf(375 - 2.25) }]);
    desk.later(60_000).when(charged('x', microsOf(2.25)));
    expect(desk.cycle.realizedMicros).toBe(microsOf(375 - 4.5));
    expect(desk.state.day).toMatchObject({
      realizedMicros: microsOf(375 - 4.5),
      commissionMicros: microsOf(4.5),
    });
  });

  it('is charged once, however often it is reported', () => {
    const desk = holdingDesk();
    const execId = Object.keys(desk.state.executions)[0] ?? '';
    desk.when(charged(execId, microsOf(2.25)), charged(execId, microsOf(9)));
    expect(desk.cycle.commissionMicros).toBe(microsOf(2.25));
    expect(desk.facts).toEqual([]);
  });
});

describe('profit and loss, to the cent', () => {
  // worked by hand: points x multiplier x contracts, less $2.25 (ES) or $0.62 (MES) a contract and side
  it.each([
    ['ES long to its target', { quantity: 2 }, 6898, 'target', 7.5 * 50 * 2 - 2.25 * 4],
    ['ES long to its stop', { quantity: 1 }, 6885.5, 'stop', -5 * 50 - 2.25 * 2],
    ['MES long to its target', { symbol: 'MES', quantity: 3 }, 6898, 'target', 7.5 * 5 * 3 - 0.62 * 6],
    [
      'MES short to its target',
      { symbol: 'MES', action: 'SELL' as const, quantity: 1, stopPrice: 6895.5, targetPrice: 6883 },
      6883,
      'target',
      7.5 * 5 - 0.62 * 2,
    ],
    [
      'ES short to its stop, which slips a tick',
      { action: 'SELL' as const, quantity: 2, stopPrice: 6895.5, targetPrice: 6883 },
      6895.75,
      'stop',
      -5.25 * 50 * 2 - 2.25 * 4,
    ],
  ] as const)('%s', (_, rest, price, role, dollars) => {
    const desk = holdingDesk(rest);
    const { symbol } = desk.cycle;
    desk.when(...desk.broker.fill(desk.ref(role), ticks(price)));
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: role, realizedMicros: microsOf(dollars) });
    expect(desk.state.day).toMatchObject({ realizedMicros: microsOf(dollars) });
    const fees = desk.cycle.commissionMicros;
    const tickMicros = tickValueMicros(symbol === 'MES' ? MES : ES);
    expect((desk.state.positions[symbol]?.realizedTicks ?? 0) * tickMicros).toBe(microsOf(dollars) + fees);
  });

  it('in parts: 2 at 6890.50 and 1 at 6890.25, out 1 at 6893.00 and 2 at 6889.75', () => {
    const desk = openDesk().signal({ quantity: 3 });
    const entry = desk.ref('entry');
    desk.when(...desk.broker.fill(entry, ticks(6890.5), 2), ...desk.broker.fill(entry, ticks(6890.25), 1));
    desk.wired = false;
    const out = { orderRef: desk.ref('target'), side: 'SELL' } as const;
    desk.when(
      executed({ ...out, execId: 'o1', quantity: 1, priceTicks: ticks(6893) }),
      executed({ ...out, execId: 'o2', quantity: 2, priceTicks: ticks(6889.75) }),
      charged('o1', microsOf(2.25)),
      charged('o2', microsOf(4.5)),
    );
    // (6893 + 2 x 6889.75 - 2 x 6890.5 - 6890.25) x $50 = 1.25 x 50 = 62.50, less 6 x 2.25
    expect(desk.cycle).toMatchObject({ phase: 'closed', realizedMicros: microsOf(62.5 - 13.5) });
  });

  it('books wins, losses, drawdown and equity of the day', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.fill(desk.ref('stop'), ticks(6885.5)));
    expect(desk.state.day).toMatchObject({
      date: '2025-12-12',
      entries: 1,
      won: 0,
      lost: 1,
      consecutiveLosses: 1,
      lastLossTs: { ES: T0 },
      worstDrawdownMicros: microsOf(254.5),
      equity: [{ ts: T0, micros: -microsOf(254.5) }],
    });
  });
});
