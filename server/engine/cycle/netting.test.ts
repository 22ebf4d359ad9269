import { describe, expect, it } from 'vitest';
import { holdingCycles } from '../model/book';
import { netQuantity } from '../model/cycle';
import { microsOf } from '../model/money';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { executed } from '../testing/events';
import { ticks } from '../testing/instruments';

const SHORT = { action: 'SELL', stopPrice: 6895.5, targetPrice: 6883 } as const;

/** Bought in TWS while an entry of ours the other way rests at the broker; its cancel does not arrive. */
function crossedDesk(signed: number, quantity: number): Desk {
  const desk = openDesk().signal({ ...SHORT, quantity });
  desk.broker.tradeByHand('ES', signed);
  desk.broker.losesCancels = true;
  desk.when(executed({ execId: 'manual', quantity: signed, priceTicks: ticks(6888) }));
  desk.broker.losesCancels = false;
  return desk;
}

const held = (desk: Desk) => holdingCycles(desk.state).map((cycle) => [cycle.origin, netQuantity(cycle)]);
const entryOf = (desk: Desk) =>
  Object.values(desk.state.orders).find((order) => order.spec.role === 'entry')?.spec.ref ?? '';

describe('R19: one instrument is never held both ways', () => {
  it('what an entry fills beyond a position by hand is held, the rest of it was that position’s exit', () => {
    const desk = crossedDesk(1, 3);
    expect(held(desk)).toEqual([['adopted', 1]]);
    desk.when(...desk.broker.fill(entryOf(desk), ticks(6890.5)));
    expect(held(desk)).toEqual([['signal', -2]]);
    expect(desk.state.positions.ES?.quantity).toBe(-2);
    desk.later(3_000);
    const adopted = Object.values(desk.state.cycles).find((cycle) => cycle.origin === 'adopted');
    expect(adopted).toMatchObject({
      phase: 'closed',
      outcome: 'closed elsewhere',
      realizedMicros: microsOf(125),
    });
    expect(desk.broker.working().some((ref) => ref.includes('emergency'))).toBe(false);
    const [ours] = holdingCycles(desk.state);
    expect(ours?.protection).toMatchObject({ state: 'protected', quantity: 2 });
  });

  it('an entry that only closes what is held by hand leaves nothing at the broker', () => {
    const desk = crossedDesk(2, 1);
    desk.when(...desk.broker.fill(entryOf(desk), ticks(6890.5)));
    expect(held(desk)).toEqual([['adopted', 1]]);
    desk.later(3_000);
    expect(desk.broker.working().filter((ref) => /:(stop|target)/.test(ref))).toEqual([]);
    const [orphan] = holdingCycles(desk.state);
    expect(orphan?.protection).toMatchObject({ state: 'emergency' });
  });

  it('what was closed beyond the position is netted too, once the report has said whose it is', () => {
    const desk = holdingDesk();
    const stop = desk.ref('stop');
    desk.wired = false;
    desk.when(executed({ execId: 'by-hand-1', side: 'SELL', priceTicks: ticks(6889) }));
    desk.when(executed({ execId: 'by-hand-2', side: 'BUY', priceTicks: ticks(6886) }));
    desk.when(executed({ execId: 'late-stop', orderRef: stop, side: 'SELL', priceTicks: ticks(6885.5) }));
    expect(held(desk)).toEqual([
      ['signal', -1],
      ['adopted', 1],
    ]);
    desk.broker.tradeByHand('ES', -1);
    desk.reconnect().later(1_000);
    expect(held(desk)).toEqual([]);
    expect(desk.sent.filter(({ type }) => type === 'PlaceOrder')).toEqual([]);
  });
});
