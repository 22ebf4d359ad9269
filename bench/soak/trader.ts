/** Keeps the worker busy as a bot and a person do, from outside: brackets over HTTP at the pace of an impatient bot, and Resume over the link. */
import { randomUUID } from 'node:crypto';
import type { View } from '../../server/engine/view/words';
import type { Random } from '../../server/exchange/random';
import type { Soaked } from './stack';

/** A WAIT of the advisor is lifted by it. */
const CONFIDENCE = 0.9;
const CONTRACTS_MAX = 3;

/** One signal for an instrument that has a price, with a stop and a target that are hit within minutes of market. */
export async function trade({ link, signal }: Soaked, random: Random): Promise<void> {
  const { view } = await link.snapshot();
  const { instruments } = view;
  const instrument = instruments[random.below(Math.max(1, instruments.length))];
  if (!instrument || instrument.last === null) return;
  const { symbol, last, tickSize } = instrument;
  const side = random.unit() < 0.5 ? 1 : -1;
  const away = (ticks: number) => last + side * ticks * tickSize;
  await signal({
    id: randomUUID(),
    symbol,
    action: side > 0 ? 'BUY' : 'SELL',
    quantity: 1 + random.below(CONTRACTS_MAX),
    orderType: 'MKT',
    stop: away(-(20 + random.below(60))),
    target: away(20 + random.below(60)),
    confidence: CONFIDENCE,
    strategy: 'soak',
    time: view.ts,
  });
}

/** The person at the console, who has seen why it halted and goes on. */
export async function resume({ link }: Soaked): Promise<void> {
  const { view } = await link.snapshot();
  for (const [scope, mode] of [['*', view.mode.mode] as const, ...symbolModes(view)]) {
    if (mode === 'Active') continue;
    const action = { kind: 'Resume', scope, reason: 'soak' } as const;
    await link.command({ commandId: randomUUID(), operator: 'soak', via: 'cli', action });
  }
}

function symbolModes({ symbolModes: modes }: View) {
  return Object.entries(modes).map(([symbol, { mode }]) => [symbol, mode] as const);
}
