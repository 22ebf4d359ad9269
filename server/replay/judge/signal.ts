/** The order as the signal that Interlock would have received, and what its own reader of signals makes of it. */
import type { Signal } from '../../engine/model/signal';
import type { EngineState } from '../../engine/model/state';
import { type Meaning, receiveSignal } from '../../engine/signal/receive';
import type { OrderCase } from '../model/order-case';

/** @param exit true: as an exit signal, whatever side the bot wrote. */
export function meaningOf(state: EngineState, order: OrderCase, exit = false): Meaning {
  const { ts } = order;
  const signal = exit ? { ...signalOf(order), action: 'EXIT' as const } : signalOf(order);
  return receiveSignal(state, { seq: 1, ts, hostMs: ts, event: { type: 'SignalReceived', signal } });
}

function signalOf({ key, symbol, side, quantity, type, asked, signal, ts }: OrderCase): Signal {
  return {
    signalId: key,
    source: 'replay',
    strategy: 'replay',
    symbol,
    action: side,
    quantity,
    orderType: type === 'MKT' ? 'MKT' : 'LMT',
    entryPrice: type === 'MKT' ? null : asked.entryPrice,
    stopPrice: asked.stopPrice,
    targetPrice: asked.targetPrice,
    confidence: signal?.confidence ?? null,
    createdTs: signal?.ts ?? ts,
  };
}
