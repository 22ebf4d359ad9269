/** What the strategy wants, and what the advisor will say of it. */
import type { Draw } from './luck';
import type { ActKind, Root, Verdict } from './plan';

export function symbolOf(draw: Draw): Root {
  return draw.chance(0.8) ? 'ES' : 'MES';
}

export function signal(draw: Draw): ActKind {
  const type = draw.chance(0.5) ? 'MKT' : 'LMT';
  return {
    kind: 'signal',
    symbol: symbolOf(draw),
    side: draw.chance(0.5) ? 'BUY' : 'SELL',
    quantity: draw.between(1, 4),
    type,
    awayTicks: type === 'MKT' ? 0 : draw.pick([-6, 0, 0, 1, 3, 10]),
    stopTicks: draw.pick([8, 12, 20, 40]),
    targetTicks: draw.pick([8, 16, 30, 60]),
    confidence: draw.pick([0.5, 0.6, 0.9]),
    verdict: draw.chance(0.75)
      ? 'GO'
      : draw.pick<Verdict>(['WAIT', 'WAIT', 'late', 'never', 'throws', 'garbage']),
    twice: draw.chance(0.1),
    lateMs: draw.chance(0.05) ? draw.pick([-10_000, 5_000, 29_000, 60_000]) : 0,
  };
}
