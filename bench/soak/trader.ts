/** Keeps the worker busy: brackets either way, at the pace of an impatient bot, and what the worker believes to hold. */
import { isLive } from '../../server/engine/model/order';
import type { Random } from '../../server/exchange/random';
import type { Seat } from '../desk';
import type { Holdings } from './onlooker';

const TICK = 0.25;

/** One signal for a symbol that has a price, with a stop and a target that are hit within minutes of market. */
export async function trade(seat: Seat, random: Random, symbols: readonly string[]): Promise<void> {
  const symbol = symbols[random.below(symbols.length)] ?? 'ES';
  const mark = seat.mark(symbol);
  if (mark === 0) return;
  const side = random.unit() < 0.5 ? 1 : -1;
  const away = (ticks: number) => (mark + side * ticks) * TICK;
  const [stop, target] = [20 + random.below(60), 20 + random.below(60)];
  await seat.signal({
    symbol,
    action: side > 0 ? 'BUY' : 'SELL',
    stopPrice: away(-stop),
    targetPrice: away(target),
  });
}

/** The person at the console, who has seen why it halted and goes on. */
export async function resume({ loop, press }: Seat): Promise<void> {
  for (const [scope, { mode }] of Object.entries(loop.state.modes)) {
    if (mode !== 'Active') await press({ kind: 'Resume', scope, reason: 'soak' });
  }
}

export function believed({ loop }: Seat): Holdings {
  const { positions, orders } = loop.state;
  const held = Object.values(positions).filter(({ quantity }) => quantity !== 0);
  return {
    positions: Object.fromEntries(held.map(({ symbol, quantity }) => [symbol, quantity])),
    orders: Object.values(orders)
      .filter(isLive)
      .map(({ spec }) => spec.ref)
      .sort(),
  };
}
