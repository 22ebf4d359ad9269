import { describe, expect, it } from 'vitest';
import { holdingDesk } from '../testing/desk';
import { executed } from '../testing/events';
import { ticks } from '../testing/instruments';

describe('a cycle', () => {
  it('measures the worst and the best excursion from its average entry, in ticks', () => {
    const desk = holdingDesk();
    desk.market('ES', 6888.25).market('ES', 6894).market('ES', 6891);
    expect(desk.cycle).toMatchObject({ maeTicks: -9, mfeTicks: 14 });
  });

  it('of a short measures them the other way round', () => {
    const desk = holdingDesk({ action: 'SELL', stopPrice: 6895.5, targetPrice: 6883 });
    desk.market('ES', 6888.25).market('ES', 6894);
    expect(desk.cycle).toMatchObject({ maeTicks: -14, mfeTicks: 9 });
  });

  it('is forgotten in time with its orders, traded or denied; its executions stay known, so that a report that repeats them moves nothing', () => {
    const desk = holdingDesk();
    const { cycleId } = desk.cycle;
    const fills = desk.broker.fill(desk.ref('target'), ticks(6898));
    desk.when(...fills);
    for (let n = 0; n < 200; n += 1) desk.signal({ signalId: `d-${n}`, stopPrice: null });
    expect(Object.keys(desk.state.cycles).length).toBeLessThanOrEqual(50);
    expect(desk.state.cycles[cycleId]).toBeUndefined();
    expect(desk.state.orders).toEqual({});
    desk.when(...fills);
    expect(desk.state.positions.ES?.quantity).toBe(0);
    expect(desk.of('CycleAdopted')).toEqual([]);
  });

  it('is not forgotten while it is open, nor while one of its orders works', () => {
    const desk = holdingDesk();
    const held = desk.cycle.cycleId;
    desk.signal({ signalId: 's-2', symbol: 'MES' });
    desk.broker.losesCancels = true;
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5)));
    const leftover = desk.ref('stop');
    desk.wired = false;
    desk.when(executed({ execId: 'x', orderRef: desk.ref('target'), symbol: 'MES', side: 'SELL' }));
    desk.later(3_000);
    expect(desk.cycle.phase).toBe('closed');
    for (let n = 0; n < 201; n += 1) desk.signal({ signalId: `d-${n}`, stopPrice: null });
    expect(desk.state.cycles[held]?.phase).toBe('open');
    expect(desk.state.orders[leftover]?.phase).toBe('Cancelling');
  });
});

describe('the trading day', () => {
  it('begins anew with the session that closes on the next date, and forgets the counters', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.fill(desk.ref('stop'), ticks(6885.5)));
    expect(desk.state.day).toMatchObject({ date: '2025-12-12', consecutiveLosses: 1 });
    desk.ts = Date.UTC(2025, 11, 13, 22, 30, 0);
    expect(desk.later(250).state.day.date).toBe('2025-12-12');
    desk.ts = Date.UTC(2025, 11, 13, 23, 0, 0);
    desk.later(250);
    expect(desk.state.day).toMatchObject({
      date: '2025-12-14',
      consecutiveLosses: 0,
      entries: 0,
      realizedMicros: 0,
    });
  });
});
