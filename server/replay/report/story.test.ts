import { describe, expect, it } from 'vitest';
import { orderCase, PLACED_TS } from '../testing/orders';
import { storyOf } from './story';

const at = (ms: number) => PLACED_TS + ms;
const child = {
  side: 'SELL' as const,
  quantity: 2,
  status: null,
  filled: 0,
  executions: [],
  workingTs: null,
};
const filled = {
  quantity: 2,
  executions: [
    { ts: at(7_000), quantity: 1, price: 6890.5 },
    { ts: at(8_000), quantity: 1, price: 6890.75 },
  ],
};

describe('the story of an order', () => {
  it('is told from its fills to the stop that closed it, with the time it was bare', () => {
    const story = storyOf(
      orderCase({
        ...filled,
        children: [
          { ...child, orderId: 14_813, role: 'target', price: 6898 },
          {
            ...child,
            orderId: 14_814,
            role: 'stop',
            price: 6885.5,
            workingTs: at(12_500),
            executions: [{ ts: at(60_000), quantity: 2, price: 6885.25 }],
          },
        ],
      }),
    );
    expect(story).toEqual({
      orderId: 14_812,
      symbol: 'ES',
      side: 'BUY',
      openedTs: at(7_000),
      quantity: 2,
      price: 6890.625,
      bareMs: 5_500,
      closed: [{ role: 'stop', orderId: 14_814, ts: at(60_000), quantity: 2, price: 6885.25 }],
      left: 0,
      points: -10.75,
    });
  });

  it('has no end and no stop when the order was sent without a bracket', () => {
    expect(storyOf(orderCase(filled))).toMatchObject({ bareMs: null, closed: [], left: 2, points: null });
  });

  it('is not told of what never filled', () => {
    expect(storyOf(orderCase())).toBeNull();
  });
});
