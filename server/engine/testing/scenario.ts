/** given(state).when(event): one step of the pure function, for tests that name every fact and command. */
import type { EngineEvent } from '../model/event';
import type { Order, OrderSpec } from '../model/order';
import { newOrder } from '../model/placing';
import { type EngineState, INITIAL_STATE } from '../model/state';
import type { Outcome } from '../model/step';
import { step } from '../step';
import { ES, HOST_AHEAD_MS, MES, T0 } from './instruments';

export interface When {
  when(event: EngineEvent, afterMs?: number): Outcome;
}

export function given(...slices: readonly Partial<EngineState>[]): When {
  const state: EngineState = Object.assign({ ...calmState() }, ...slices);
  return {
    when: (event, afterMs = 0) =>
      step(state, { seq: 1_000, ts: T0 + afterMs, hostMs: T0 + HOST_AHEAD_MS + afterMs, event }),
  };
}

/** Connected and reconciled, ES and MES known and quoted at 6890.50, nothing held. */
export function calmState(): EngineState {
  const hostMs = T0 + HOST_AHEAD_MS;
  const last = { bidTicks: 27_561, askTicks: 27_562, lastTicks: 27_562, bidSize: 20, askSize: 20 };
  const at = { ...last, ts: T0, hostMs, changedHostMs: hostMs };
  return {
    ...INITIAL_STATE,
    link: {
      phase: 'connected',
      detail: 'DU1234567 on server version 178',
      sinceHostMs: hostMs,
      account: 'DU1234567',
      clientId: 7,
      paper: true,
      serverVersion: 178,
    },
    reconciliation: { ...INITIAL_STATE.reconciliation, phase: 'clean', requestId: 1, comparedHostMs: hostMs },
    instruments: { ES, MES },
    day: { ...INITIAL_STATE.day, date: '2025-12-12' },
    market: {
      quotes: { ES: { symbol: 'ES', ...at }, MES: { symbol: 'MES', ...at } },
    },
  };
}

export function table<T>(key: (row: T) => string, ...rows: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(rows.map((row) => [key(row), row]));
}

export function orders(...rows: readonly Order[]): Pick<EngineState, 'orders'> {
  return { orders: table((order) => order.spec.ref, ...rows) };
}

export function orderOf(spec: OrderSpec, rest: Partial<Order> = {}): Order {
  return { ...newOrder(spec, T0 + HOST_AHEAD_MS), ...rest };
}
