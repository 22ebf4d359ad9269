/**
 * The engine's state at the moment of an order, made from what the evidence tells. What it does not tell is set to what lets an order
 * through, and the guard that reads it is shown as not known (`told.ts`).
 */

import { tableSessions } from '../../engine/model/calendar';
import { adoptedCycle, type Cycle } from '../../engine/model/cycle';
import { cycleIdOf } from '../../engine/model/ids';
import type { Instrument, Quote } from '../../engine/model/instrument';
import { type EngineState, INITIAL_STATE } from '../../engine/model/state';
import { DAY_MS } from '../../engine/model/time';
import type { OrderCase } from '../model/order-case';
import { contractOf, type Setting } from './setting';

/** What earlier orders of the same evidence leave to the guards: the same wish again, and entries that would have been sent. */
export type Memory = Pick<EngineState, 'signals' | 'entryTimes' | 'day'>;

export const NOTHING_BEFORE: Memory = {
  signals: INITIAL_STATE.signals,
  entryTimes: INITIAL_STATE.entryTimes,
  day: INITIAL_STATE.day,
};

/** @returns null for an instrument whose tick and multiplier nobody tells. */
export function worldOf(order: OrderCase, setting: Setting, memory: Memory): EngineState | null {
  const instrument = instrumentOf(order, setting);
  if (!instrument) return null;
  const { symbol } = order;
  return {
    ...INITIAL_STATE,
    ...memory,
    limits: setting.limits,
    link: { ...INITIAL_STATE.link, phase: 'connected' },
    reconciliation: { ...INITIAL_STATE.reconciliation, phase: 'clean' },
    instruments: { [symbol]: instrument },
    market: { quotes: quotesOf(order, instrument) },
    positions:
      order.held?.by === 'broker'
        ? { [symbol]: { symbol, quantity: order.held.quantity, lots: [], realizedTicks: 0 } }
        : {},
  };
}

/** The same, with a cycle that holds `held` contracts: what a signal against it, or an exit, would have meant. */
export function holding(state: EngineState, order: OrderCase, held: number): EngineState {
  if (held === 0) return state;
  const cycleId = cycleIdOf(order.ts, 0);
  const cycle: Cycle = {
    ...adoptedCycle(cycleId, order.symbol, held, order.ts),
    phase: 'open',
    orphan: null,
    entryQuantity: Math.abs(held),
  };
  return { ...state, cycles: { [cycleId]: cycle } };
}

function instrumentOf({ symbol, ts, lastTradeDate }: OrderCase, setting: Setting): Instrument | null {
  const contract = contractOf(symbol, setting);
  if (!contract) return null;
  return {
    symbol,
    localSymbol: symbol,
    conId: 0,
    exchange: 'CME',
    currency: 'USD',
    ...contract,
    lastTradeTs: lastTradeDate === null ? Number.MAX_SAFE_INTEGER : endOf(lastTradeDate),
    // ours is the only table of hours that a replay has
    sessions: tableSessions(ts - DAY_MS, ts + 7 * DAY_MS),
  };
}

/** @param date `YYYYMMDD`; @returns the end of that day (UTC). */
function endOf(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8)) + 1);
}

/** A market order is measured against the price that the bot read; whole ticks, as a touch is. */
function quotesOf({ market, symbol, ts }: OrderCase, { tickSize }: Instrument): Record<string, Quote> {
  if (market === null) return {};
  const ticks = Math.round(market.price / tickSize);
  return {
    [symbol]: {
      symbol,
      bidTicks: ticks,
      askTicks: ticks,
      lastTicks: ticks,
      bidSize: 0,
      askSize: 0,
      ts,
      hostMs: ts,
      changedHostMs: ts,
    },
  };
}
