import { describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../testing/desk';
import { ticks } from '../testing/instruments';

const stays = (desk: Desk) => {
  expect(desk.sent.filter(({ type }) => type === 'CancelOrder')).toEqual([]);
  expect(desk.broker.working()).toContain(desk.ref('stop'));
  expect(desk.cycle).toMatchObject({ entryQuantity: 2, protection: { state: 'protected', quantity: 2 } });
};

describe('a stop whose cancel was wished for while nothing could be sent', () => {
  const filledWhileAway = (wish: (desk: Desk) => void) => {
    const desk = openDesk().signal({ quantity: 2 }).cutWire();
    wish(desk);
    desk.broker.fill(desk.ref('entry'), ticks(6890.5));
    return desk.reconnect().later(5_000);
  };
  const flatten = (desk: Desk) => desk.operator({ kind: 'Flatten', scope: '*', reason: 'enough' }, 'flat');

  it('stays when the flatten that wished for it was abandoned and the entry has filled (I3)', () => {
    stays(
      filledWhileAway((desk) => {
        flatten(desk);
        desk.later(12_000);
        desk.operator({ kind: 'AbandonFlatten', reason: 'not after all' }, 'on');
      }),
    );
  });

  it('goes while the flatten runs, and the position with it', () => {
    const desk = filledWhileAway(flatten);
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.broker.working()).toEqual([]);
  });
});
