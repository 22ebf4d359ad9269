/** What a reduce-only exit would have done at that moment: its size and side come from the position, never from the order (law 1). */

import { signOf } from '../../engine/model/order';
import { closing } from '../../engine/model/placing';
import type { EngineState } from '../../engine/model/state';
import type { HeldBefore, OrderCase } from '../model/order-case';
import type { ReduceOnly } from '../model/verdict';
import { meaningOf } from './signal';
import { holding } from './world';

const WORD: Record<HeldBefore['by'], string> = {
  broker: 'by the broker',
  bot: 'as the bot believed',
  executions: 'by the fills recorded here',
};

export function reduceOnlyOf(world: EngineState, order: OrderCase): ReduceOnly {
  const { held, symbol } = order;
  if (held === null) {
    const sentence = `What was held in ${symbol} is not told. Interlock would have sized the exit from the position; flat, it would have sent nothing.`;
    return { held: null, by: null, would: null, code: null, opens: null, sentence };
  }
  const { quantity, by } = held;
  const word = `${position(quantity, symbol)} ${WORD[by]}`;
  const state = holding(world, order, quantity);
  const meaning = meaningOf(state, order, true);
  const cycle = meaning.kind === 'exit' ? state.cycles[meaning.cycleId] : undefined;
  const exit = cycle ? closing(cycle) : null;
  const opens = opened(quantity, order);
  if (exit === null) {
    const sentence = `Held: ${word}. There was nothing to reduce: no exit would have been sent, and ${asSent(order)} opened ${opens}.`;
    return { held: quantity, by, would: null, code: 'EXIT_WOULD_OPEN_POSITION', opens, sentence };
  }
  const would = { side: exit.side, quantity: exit.quantity };
  const code = opens > 0 ? ('EXIT_WOULD_OPEN_POSITION' as const) : null;
  const sent = opens > 0 ? `${asSent(order)} could open ${opens}` : `${asSent(order)} could only reduce it`;
  const sentence = `Held: ${word}. The exit would have been ${would.side} ${would.quantity}, reduce-only; ${sent}.`;
  return { held: quantity, by, would, code, opens, sentence };
}

function asSent({ side, quantity }: OrderCase): string {
  return `${side} ${quantity} as sent`;
}

/** Contracts beyond flat, or on top of what is held. */
function opened(held: number, { side, quantity }: OrderCase): number {
  const signed = signOf(side) * quantity;
  if (held === 0 || Math.sign(signed) === Math.sign(held)) return quantity;
  return Math.max(0, quantity - Math.abs(held));
}

function position(quantity: number, symbol: string): string {
  if (quantity === 0) return `flat in ${symbol}`;
  return `${quantity > 0 ? 'long' : 'short'} ${Math.abs(quantity)} ${symbol}`;
}
