import { describe, expect, it } from 'vitest';
import type { OperatorAction } from '../model/operator';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { executed } from '../testing/events';
import { ticks } from '../testing/instruments';

/** Two ES bought in another program, found by the first report of a connection. */
function orphanDesk(): Desk {
  const desk = openDesk().cutWire();
  desk.broker.tradeByHand('ES', 2);
  return desk.reconnect();
}

function decide(desk: Desk, decision: 'adopt' | 'flatten' | 'ignore', reason = 'mine'): Desk {
  const action: OperatorAction = { kind: 'DecideOrphan', cycleId: desk.cycle.cycleId, decision, reason };
  return desk.operator(action, `${decision}-${desk.ts}`);
}

const refusal = (desk: Desk) => desk.of('CommandRefused')[0];

describe('R8: a position that no signal of ours opened', () => {
  it('gets its emergency stop first, and the question after', () => {
    const desk = orphanDesk();
    const stop = desk.commands.findIndex((command) => command.type === 'PlaceOrder');
    const question = desk.commands.findIndex(
      (command) => command.type === 'SendAlert' && command.text.startsWith('ORPHAN 2 ES'),
    );
    expect(desk.sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'emergency', quantity: 2 } }]);
    expect(stop).toBeGreaterThan(-1);
    expect(question).toBeGreaterThan(stop);
    expect(desk.of('OrphanFound')).toMatchObject([{ symbol: 'ES', quantity: 2 }]);
    expect(desk.later(5_000).of('OrphanFound')).toEqual([]);
  });

  it('holds back entries everywhere until a person has decided', () => {
    const desk = orphanDesk();
    desk.operator({ kind: 'Resume', scope: '*', reason: 'calm' });
    expect(refusal(desk)).toMatchObject({ code: 'HEALTH_CHECK_FAILED', why: 'No orphan waits: ES' });
    desk.market('MES', 6890.5).signal({ signalId: 's-2', symbol: 'MES' });
    expect(desk.of('EntryDenied')[0]?.reasons).toContain('ORPHAN_POSITION');
  });

  it('takes the entry that rests in its instrument away, and no other (seed 320034020)', () => {
    const desk = openDesk().signal({ orderType: 'LMT', entryPrice: 6889.5 });
    expect(desk.broker.working()).toContain(desk.ref('entry'));
    desk.cutWire();
    desk.broker.tradeByHand('ES', -2);
    desk.reconnect().later(500);
    expect(desk.of('OrphanFound')).toEqual([]);
    expect(desk.openCycles()).toMatchObject([{ origin: 'adopted', side: 'SELL' }]);
    expect(desk.broker.working()).toEqual([desk.ref('emergency')]);
  });

  it('gets its stop when the entry that would close it is gone, and not beside it (I1; seed 900057349)', () => {
    const desk = openDesk().signal({ action: 'SELL', stopPrice: 6895.5, targetPrice: 6883 });
    desk.broker.losesCancels = true;
    desk.broker.tradeByHand('ES', 1);
    desk.when(executed({ execId: 'elsewhere' }));
    expect(desk.of('OrphanFound')).toMatchObject([{ quantity: 1 }]);
    expect(desk.sent).toEqual([{ type: 'CancelOrder', ref: expect.stringMatching(/:entry$/) }]);
    const placed = () => desk.sent.filter(({ type }) => type === 'PlaceOrder');
    expect(placed.call(desk.later(1_750))).toEqual([]);
    expect(placed.call(desk.later(500))).toMatchObject([{ order: { role: 'emergency', quantity: 1 } }]);
  });

  it('gets its stop at once beside an entry that nobody here can cancel (L1; seeds 710030139, 710031321)', () => {
    const desk = openDesk().signal({ orderType: 'LMT', entryPrice: 6889.5 });
    const entry = desk.ref('entry');
    desk.cutWire();
    desk.broker.tradeByHand('ES', -2);
    desk.reconnect(8);
    expect(desk.state.orders[entry]).toMatchObject({ phase: 'Working', outOfReach: true });
    expect(desk.sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'emergency', quantity: 2 } }]);
  });

  it('is asked about once more when contracts come to it by hand', () => {
    const desk = decide(orphanDesk(), 'adopt');
    desk.broker.tradeByHand('ES', 1);
    desk.when(executed({ execId: 'manual', quantity: 1 }));
    expect(desk.of('OrphanFound')).toMatchObject([{ quantity: 1 }]);
    expect(desk.sent).toMatchObject([{ order: { role: 'emergency', quantity: 1 } }]);
  });

  it.each([
    ['without a reason', { reason: '' }, 'REASON_REQUIRED'],
    ['that is none', { cycleId: 'c-none' as never }, 'NOTHING_TO_DO'],
  ])('%s is not decided', (_, rest, code) => {
    const desk = orphanDesk();
    const { cycleId } = desk.cycle;
    desk.operator({ kind: 'DecideOrphan', cycleId, decision: 'adopt', reason: 'mine', ...rest });
    expect(refusal(desk)).toMatchObject({ code });
  });
});

describe('an orphan that is adopted', () => {
  it('keeps its stop, is ours like any other, and lets entries out again', () => {
    const desk = decide(orphanDesk(), 'adopt');
    expect(desk.of('OrphanDecided')).toMatchObject([{ decision: 'adopt', by: 'ana', reason: 'mine' }]);
    expect(desk.sent).toEqual([]);
    expect(desk.cycle).toMatchObject({ protection: { state: 'emergency' }, orphan: { decision: 'adopt' } });
    desk.operator({ kind: 'Resume', scope: '*', reason: 'calm' });
    desk.market('MES', 6890.5).signal({ signalId: 's-2', symbol: 'MES' });
    expect(desk.sent).toMatchObject([{ type: 'PlaceBracket' }]);
  });

  it('is not decided twice in the same way', () => {
    const desk = decide(orphanDesk(), 'adopt');
    expect(refusal(decide(desk.later(250), 'adopt'))).toMatchObject({
      code: 'NOTHING_TO_DO',
      why: 'That was decided already, by ana.',
    });
  });
});

describe('an orphan that is flattened', () => {
  it('is closed through its stop’s own group', () => {
    const desk = decide(orphanDesk().market('ES', 6890), 'flatten');
    expect(desk.sent).toMatchObject([
      { type: 'PlaceOrder', order: { role: 'exit', side: 'SELL', quantity: 2 } },
    ]);
    desk.later(2_500);
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.broker.working()).toEqual([]);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'operator exit' });
  });

  it('is not given another fate while it is being closed', () => {
    const desk = orphanDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    decide(desk, 'flatten');
    expect(refusal(decide(desk.later(250), 'ignore'))).toMatchObject({ why: 'It is being closed.' });
    expect(desk.broker.working()).toHaveLength(2);
  });
});

describe('R9: an orphan that is ignored', () => {
  it('loses our stop by the person’s word, is listed, and is not protected again', () => {
    const desk = decide(orphanDesk(), 'ignore');
    expect(desk.sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('emergency') }]);
    expect(desk.broker.working()).toEqual([]);
    expect(desk.later(10_000).sent).toEqual([]);
    expect(desk.cycle).toMatchObject({ phase: 'open', protection: { state: 'none' } });
    expect(desk.state.positions.ES?.quantity).toBe(2);
  });

  it('blocks entries in its instrument while it is held, and no others', () => {
    const desk = decide(orphanDesk(), 'ignore');
    desk.operator({ kind: 'Resume', scope: '*', reason: 'calm' });
    desk.market('ES', 6890.5).signal({ signalId: 's-2' });
    expect(desk.of('EntryDenied')).toMatchObject([{ reasons: ['POSITION_OPEN'] }]);
    desk.market('MES', 6890.5).signal({ signalId: 's-3', symbol: 'MES' });
    expect(desk.sent).toMatchObject([{ type: 'PlaceBracket' }]);
  });

  it('is never closed by a signal of the strategy', () => {
    const desk = decide(orphanDesk(), 'ignore');
    desk.signal({ signalId: 'x-1', action: 'EXIT' });
    expect(desk.of('SignalIgnored')).toMatchObject([{ code: 'EXIT_WOULD_OPEN_POSITION' }]);
    expect(desk.sent).toEqual([]);
  });

  it('has its stop cancelled after reconnect, when the wire was down at the time of the word', () => {
    const desk = orphanDesk().cutWire();
    decide(desk, 'ignore');
    expect(desk.sent).toEqual([]);
    desk.reconnect();
    expect(desk.broker.working()).toEqual([]);
    expect(desk.later(5_000).sent).toEqual([]);
  });

  it('survives a restart, is closed in the book when the person closes it, and frees its instrument', () => {
    const desk = decide(orphanDesk(), 'ignore').restart().reconnect();
    expect(desk.sent).toEqual([]);
    desk.broker.tradeByHand('ES', -2);
    desk
      .when(executed({ execId: 'manual', side: 'SELL', quantity: 2, priceTicks: ticks(6891) }))
      .later(3_000);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'closed elsewhere' });
  });

  it('may be adopted after all: then it is protected again', () => {
    const desk = decide(orphanDesk(), 'ignore');
    decide(desk.later(1_000), 'adopt');
    expect(desk.sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'emergency', quantity: 2 } }]);
  });

  it('and adopted before the cancel of its stop could leave keeps that stop (seed 790011443)', () => {
    const desk = orphanDesk().cutWire();
    decide(desk, 'ignore');
    decide(desk.later(1_000), 'adopt');
    desk.reconnect();
    expect(desk.later(5_000).sent).toEqual([]);
    expect(desk.broker.working()).toEqual([desk.ref('emergency')]);
    expect(desk.cycle.protection).toMatchObject({ state: 'emergency' });
  });

  it('is closed by a flatten of everything all the same', () => {
    const desk = decide(orphanDesk().market('ES', 6890), 'ignore');
    desk.operator({ kind: 'Flatten', scope: '*', reason: 'out' });
    desk.later(3_000);
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.state.flatten?.phase).toBe('flat');
  });
});

describe('a position of ours', () => {
  it('is no orphan and cannot be decided about', () => {
    const desk = holdingDesk();
    expect(refusal(decide(desk, 'ignore'))).toMatchObject({ code: 'NOTHING_TO_DO' });
    expect(desk.cycle.protection.state).toBe('protected');
  });
});
