/** What the engine remembers is bounded: several times as much comes in through its doors, and the tables stay as they are (decision 44). */
import { describe, expect, it } from 'vitest';
import type { EngineEvent } from './model/event';
import type { EngineState } from './model/state';
import { step } from './step';
import { type Desk, openDesk } from './testing/desk';
import { charged, commanded, executed, signal, TICK } from './testing/events';
import { T0, ticks } from './testing/instruments';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TRADES_A_DAY = 8;
const RESUME = { kind: 'Resume', scope: '*', reason: 'seen' } as const;
const barAt = (n: number) => ({
  ts: T0 + n * 60_000,
  openTicks: 1,
  highTicks: 2,
  lowTicks: 1,
  closeTicks: 2,
  volume: 3,
});

/** A round trip by hand in TWS: two executions, a cycle that is adopted, covered and closed. */
function tradedByHand(desk: Desk, id: string): void {
  for (const [n, side] of (['BUY', 'SELL'] as const).entries()) {
    const event = executed({ execId: `${id}.0${n}.01`, side, priceTicks: ticks(6890.5), ts: desk.ts });
    const commission = { execId: event.execution.execId, micros: 2_250_000 };
    desk.broker.ledger.executions.push(event.execution);
    desk.broker.ledger.commissions.push(commission);
    desk.when(event, charged(commission.execId, commission.micros));
    desk.ts += 3_000;
  }
  desk.when(TICK);
}

function sizesOf(state: EngineState): Record<string, number> {
  const { cycles, orders, executions, signals, commands, earlyCommissions, incidents, bars, day } = state;
  const lists = { signals, commands, incidents, 'bars of ES': bars.ES ?? [], equity: day.equity };
  const tables = { cycles, orders, executions, earlyCommissions };
  return Object.fromEntries([
    ...Object.entries(lists).map(([name, list]) => [name, list.length]),
    ...Object.entries(tables).map(([name, table]) => [name, Object.keys(table).length]),
  ]);
}

describe('what the engine remembers', () => {
  it('of trades is three days of executions and fifty cycles with their orders, after thirty days as after ten; what is repeated later moves nothing', () => {
    const desk = openDesk();
    const most: Record<string, number> = {};
    for (let day = 0; day < 30; day += 1) {
      desk.ts = T0 + day * DAY_MS;
      for (let n = 0; n < TRADES_A_DAY; n += 1) {
        desk.ts += HOUR_MS;
        tradedByHand(desk, `0000e0d5.${day}.${n}`);
        for (const [name, size] of Object.entries(sizesOf(desk.state)))
          most[name] = Math.max(most[name] ?? 0, size);
      }
    }
    expect(desk.broker.ledger.executions).toHaveLength(30 * TRADES_A_DAY * 2);
    expect(desk.state.positions.ES?.quantity).toBe(0);
    // what is old goes when cycles go, of which up to fifty stay
    expect(most.executions).toBeLessThanOrEqual((3 * TRADES_A_DAY + 51) * 2);
    expect(most.earlyCommissions).toBe(0);
    expect(most.cycles).toBeLessThanOrEqual(51);
    expect(most.orders).toBeLessThanOrEqual(3 * 51);
    expect(most.equity).toBeLessThanOrEqual(500);
  });

  it('of what was only heard stays at its bound when several times as much is heard', () => {
    const { state: before, ts, hostMs } = openDesk();
    let state = before;
    let seq = 0;
    const hear = (times: number, event: (n: number) => EngineEvent) => {
      for (let n = 0; n < times; n += 1)
        state = step(state, { seq: ++seq, ts, hostMs, event: event(n) }).state;
    };
    hear(6_000, (n) => signal({ signalId: `s-${n}`, action: 'EXIT', createdTs: ts }));
    hear(5_000, (n) => commanded(RESUME, `command-${n}`));
    hear(2_000, (n) => charged(`0000e0d5.early.${n}.01`, 1));
    hear(2_400, (n) => ({ type: 'BarClosed', symbol: 'ES', bar: barAt(n) }));
    expect(sizesOf(state)).toMatchObject({
      signals: 2_000,
      commands: 500,
      earlyCommissions: 200,
      'bars of ES': 240,
      cycles: 0,
      orders: 0,
    });
  });
});
