/** Every price is a multiple of the tick: 91 % of the bot's off-tick orders never got an answer from the broker. */
import { ticksOf } from '../model/money';
import { type Guard, verdict } from './input';

export const onGrid: Guard = ({ cycle, instrument }) => {
  const asked: [string, number | null][] = [
    ['entry', cycle.asked.entryPrice],
    ['stop', cycle.asked.stopPrice],
    ['target', cycle.asked.targetPrice],
  ];
  const off = asked.filter(([, price]) => price !== null && ticksOf(price, instrument.tickSize) === null);
  return verdict(off.length === 0, {
    guard: 'Prices on the tick grid',
    code: 'OFF_TICK_GRID',
    observed: off.length === 0 ? 'all' : off.map(([name, price]) => `${name} ${price}`).join(', '),
    relation: 'in',
    limit: `steps of ${instrument.tickSize}`,
    unit: 'price',
  });
};
