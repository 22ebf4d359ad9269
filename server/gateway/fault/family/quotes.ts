/** Prices: standing still, old, or no prices at all. */
import type { Message } from '../../wire/frame';
import { MARKET_DATA } from '../ids';
import { type Family, LOST, passes, type Scene } from '../scene';

const TICK_PRICE = '1';
const PRICE = 4;

export const quoteFamily: Family = {
  outgoing(message, scene) {
    const id = String(message[0]);
    if (!MARKET_DATA.has(id)) return passes(message);
    if (scene.on('frozenQuotes')) return LOST;
    const nonsense = scene.on('nonsenseQuotes');
    const told =
      id === TICK_PRICE && nonsense && scene.chance(nonsense.share) ? spoilt(message, scene) : message;
    return passes(told, scene.on('staleQuotes')?.byMs ?? 0);
  },
};

function spoilt(message: Message, scene: Scene): Message {
  const offGrid = Number(message[PRICE]) + 0.1;
  const nonsense = [0, -1, 'NaN', offGrid][scene.random.below(4)] ?? 0;
  return message.map((field, i) => (i === PRICE ? nonsense : field));
}
