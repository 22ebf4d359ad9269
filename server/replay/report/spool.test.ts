import { expect, it } from 'vitest';
import { judgeAlone } from '../judge/judge';
import { DEFAULT_SETTING } from '../judge/setting';
import { orderCase } from '../testing/orders';
import { Spool } from './spool';

it('gives back what it was given, in that order, as often as it is asked', () => {
  const verdict = judgeAlone(orderCase(), DEFAULT_SETTING);
  const orders = Array.from({ length: 300 }, (_, n) => ({
    order: orderCase({ orderId: n, notes: ['🛡️\nä'.repeat(n % 7)] }),
    verdict,
  }));
  const spool = new Spool();
  for (const order of orders.slice(0, 200)) spool.add(order);
  expect([...spool]).toEqual(orders.slice(0, 200));
  for (const order of orders.slice(200)) spool.add(order);
  expect([...spool]).toEqual(orders);
  expect([...spool]).toEqual(orders);
});

it('that was given nothing has nothing', () => {
  expect([...new Spool()]).toEqual([]);
});
