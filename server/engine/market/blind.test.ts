/** L6: what is held without a price is told of, and nothing that protects or closes it needs one. */
import { describe, expect, it } from 'vitest';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { status } from '../testing/events';

const SUNDAY_OPEN_TS = Date.UTC(2025, 11, 14, 23);

/** Two long, and not a word of the market from here on. */
function silentDesk(): Desk {
  const desk = holdingDesk({ quantity: 2 }).market('ES', 6890.5);
  desk.silent = true;
  return desk;
}

describe('a position for which no price comes', () => {
  it('is told of after fifteen seconds, once, and its stop stays as it is', () => {
    const desk = silentDesk().later(14_750);
    expect(desk.facts).toEqual([]);
    desk.later(250);
    const why = 'No price for 15 s. The stop at the broker works without it.';
    const { cycleId } = desk.cycle;
    expect(desk.facts).toEqual([{ type: 'PositionBlind', cycleId, symbol: 'ES', quantity: 2, why }]);
    expect(desk.commands).toEqual([
      {
        type: 'SendAlert',
        severity: 'critical',
        text: `BLIND: 2 ES held. ${why} Exits go to the market; look in TWS.`,
      },
    ]);
    desk.later(60_000);
    expect([desk.facts, desk.sent]).toEqual([[], []]);
    expect(desk.order('stop')).toMatchObject({ phase: 'Working', spec: { quantity: 2 } });
  });

  it('and that no stop covers is told of with what is bare', () => {
    const desk = silentDesk().later(14_000);
    desk.broker.losesReports = true;
    const ended = { filled: 1, remaining: 1 };
    desk.when(status(desk.ref('stop'), 'Cancelled', ended), status(desk.ref('target'), 'Cancelled'));
    const [blind] = desk.later(1_000).of('PositionBlind');
    expect(blind?.why).toBe('No price for 15 s. No working stop covers 2 of them.');
  });

  it('gets its emergency stop all the same, and leaves at the market', () => {
    const desk = silentDesk().later(20_000);
    desk.when(status(desk.ref('stop'), 'Cancelled'), status(desk.ref('target'), 'Cancelled')).later(2_000);
    expect(desk.order('emergency')).toMatchObject({ phase: 'Working', spec: { quantity: 2 } });
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'Out.' }).later(250);
    expect(desk.order('exit').spec).toMatchObject({ type: 'MKT', quantity: 2 });
  });

  it('is seen again with the next price, which is told, and is told of anew the next time', () => {
    const desk = silentDesk().later(45_000).market('ES', 6891);
    const { cycleId } = desk.cycle;
    expect(desk.facts).toEqual([{ type: 'PositionSeen', cycleId, symbol: 'ES', blindMs: 45_000 }]);
    expect(desk.later(14_750).facts).toEqual([]);
    expect(desk.later(250).of('PositionBlind')).toHaveLength(1);
  });

  it('has the whole time for one after an outage, and what was told is not told again', () => {
    const desk = silentDesk().later(10_000).cutWire().later(60_000).reconnect();
    expect(desk.later(14_750).of('PositionBlind')).toEqual([]);
    expect(desk.later(250).of('PositionBlind')).toHaveLength(1);
    desk.cutWire().later(5_000).reconnect();
    expect(desk.later(60_000).of('PositionBlind')).toEqual([]);
  });

  it('has it after the worker stood still, and after the open', () => {
    const slept = silentDesk();
    slept.ts += 60_000;
    expect(slept.when({ type: 'WorkerStalled', forMs: 60_000 }).later(14_750).of('PositionBlind')).toEqual(
      [],
    );
    const early = silentDesk();
    early.ts = SUNDAY_OPEN_TS - 60_000;
    expect(early.later(74_750).of('PositionBlind')).toEqual([]);
    expect(early.later(250).of('PositionBlind')).toHaveLength(1);
  });
});

describe('nobody is told that no price comes', () => {
  it('of what is not held, and of what a person told us to ignore', () => {
    const empty = openDesk();
    empty.silent = true;
    expect(empty.later(60_000).of('PositionBlind')).toEqual([]);
    const byHand = openDesk().cutWire();
    byHand.broker.tradeByHand('ES', 2);
    byHand.silent = true;
    const { cycleId } = byHand.reconnect().cycle;
    byHand.operator({ kind: 'DecideOrphan', cycleId, decision: 'ignore', reason: 'A hedge of mine.' });
    expect(byHand.later(60_000).of('PositionBlind')).toEqual([]);
  });
});
