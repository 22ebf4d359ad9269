import { describe, expect, it } from 'vitest';
import type { OrderSpec } from '../model/order';
import { type Desk, openDesk } from '../testing/desk';
import { status } from '../testing/events';
import { ticks } from '../testing/instruments';

function bracketOf(desk: Desk): { entry: OrderSpec; target: OrderSpec; stop: OrderSpec } {
  const [command] = desk.sent;
  if (command?.type !== 'PlaceBracket') throw new Error('No bracket was sent.');
  return command;
}

describe('a bracket', () => {
  it('of a long limit entry is a DAY parent and two GTC children in one group, whole', () => {
    const desk = openDesk().signal({ quantity: 2 });
    const { cycleId } = desk.cycle;
    const shared = { cycleId, symbol: 'ES', quantity: 2 };
    const child = {
      ...shared,
      side: 'SELL',
      tif: 'GTC',
      ocaGroup: `${cycleId}:oca`,
      parentRef: `${cycleId}:entry`,
      reduceOnly: true,
    };
    expect(bracketOf(desk)).toEqual({
      type: 'PlaceBracket',
      entry: {
        ...shared,
        ref: `${cycleId}:entry`,
        role: 'entry',
        side: 'BUY',
        type: 'LMT',
        limitTicks: ticks(6890.5),
        triggerTicks: null,
        tif: 'DAY',
        ocaGroup: null,
        parentRef: null,
        reduceOnly: false,
      },
      target: {
        ...child,
        ref: `${cycleId}:target`,
        role: 'target',
        type: 'LMT',
        limitTicks: ticks(6898),
        triggerTicks: null,
      },
      stop: {
        ...child,
        ref: `${cycleId}:stop`,
        role: 'stop',
        type: 'STP',
        limitTicks: null,
        triggerTicks: ticks(6885.5),
      },
    });
  });

  it('of a short entry is the mirror image', () => {
    const desk = openDesk().signal({ action: 'SELL', stopPrice: 6895.5, targetPrice: 6883 });
    expect(bracketOf(desk)).toMatchObject({
      entry: { side: 'SELL', limitTicks: ticks(6890.5) },
      target: { side: 'BUY', limitTicks: ticks(6883) },
      stop: { side: 'BUY', triggerTicks: ticks(6895.5) },
    });
  });

  it('of a market entry has no limit, and is measured from the touch', () => {
    const desk = openDesk();
    desk.advisor = null;
    desk.signal({ orderType: 'MKT', entryPrice: null });
    expect(desk.proposal()?.plan.entryTicks).toBe(ticks(6890.5));
    const other = openDesk().signal({ orderType: 'MKT', entryPrice: null });
    expect(bracketOf(other).entry).toMatchObject({ type: 'MKT', limitTicks: null });
  });

  it('counts as one entry of the day and of the minute', () => {
    const desk = openDesk().signal();
    expect(desk.state.day.entries).toBe(1);
    expect(desk.state.entryTimes).toEqual([desk.hostMs]);
  });

  it('whose parent is refused ends the cycle, and leaves nothing working', () => {
    const desk = openDesk();
    desk.broker.mishap = (spec) =>
      spec.role === 'entry' ? { kind: 'refused', code: 201, text: 'Order rejected - reason:margin' } : null;
    desk.signal().later(1_000);
    expect(desk.cycle).toMatchObject({ phase: 'cancelled', outcome: 'entry refused by broker' });
    expect(desk.broker.working()).toEqual([]);
    expect(desk.state.entryTimes).toHaveLength(1);
  });

  it('that never reached the wire ends the cycle as not filled', () => {
    const desk = openDesk();
    desk.wired = false;
    desk.signal();
    const refs = ['entry', 'target', 'stop'].map((role) => `${desk.cycle.cycleId}:${role}`);
    desk.when(
      ...refs.map((orderRef) => ({
        type: 'OrderNotSent' as const,
        orderRef: orderRef as never,
        why: 'The gateway is not connected.',
      })),
    );
    expect(desk.of('OrderNeverSent')).toHaveLength(3);
    expect(desk.of('CycleCancelled')).toMatchObject([{ outcome: 'entry not filled' }]);
  });
});

describe('a resting entry', () => {
  it('is cancelled when its life is over, partly filled or not; a resting target never is (F10)', () => {
    const desk = openDesk().signal({ quantity: 2 });
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), 1));
    expect(desk.later(300_000).sent.map((command) => command.type)).toEqual(['ModifyOrder', 'ModifyOrder']);
    desk.later(250);
    expect(desk.sent[0]).toEqual({ type: 'CancelOrder', ref: desk.ref('entry') });
    desk.ts += 3 * 3_600_000;
    desk.later(1_000);
    expect(desk.sent).toEqual([]);
    expect(desk.order('target').phase).toBe('Working');
    expect(desk.order('stop').phase).toBe('Working');
  });

  it('is cancelled by Cancel entries, and its neighbours in other instruments are not', () => {
    const desk = openDesk().signal();
    desk.signal({ signalId: 's-2', symbol: 'MES' });
    desk.operator({ kind: 'CancelEntries', scope: 'MES', reason: 'news' });
    expect(desk.sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('entry') }]);
    expect(Object.values(desk.state.cycles).map((cycle) => cycle.phase)).toEqual(['entering', 'cancelled']);
  });

  it('is cancelled when the wire was down at the time: noted at once, sent after reconnect and report', () => {
    const desk = openDesk().signal();
    desk.cutWire().operator({ kind: 'CancelEntries', scope: '*', reason: 'news' });
    expect(desk.of('OrderCancelRequested')).toHaveLength(1);
    expect(desk.commands).toEqual([]);
    desk.reconnect();
    expect(desk.sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('entry') }]);
    expect(desk.cycle.phase).toBe('cancelled');
  });

  it('is cancelled again when the cancel was lost on the way (F27)', () => {
    const desk = openDesk().signal();
    desk.broker.losesCancels = true;
    desk.operator({ kind: 'CancelEntries', scope: '*', reason: 'news' });
    expect(desk.order('entry').phase).toBe('Cancelling');
    desk.broker.losesCancels = false;
    desk.later(2_000);
    expect(desk.broker.working()).toEqual([]);
    expect(desk.cycle.phase).toBe('cancelled');
  });
});

describe('an entry that ended without a contract', () => {
  it('ends its cycle in words, also when the broker gave no reason', () => {
    const desk = openDesk().signal();
    desk.when(status(desk.ref('entry'), 'Cancelled'));
    expect(desk.of('CycleCancelled')).toMatchObject([
      { outcome: 'entry not filled', why: 'The entry ended as Cancelled.' },
    ]);
  });

  it('but was called filled by the broker ends when nothing of its bracket is left', () => {
    const desk = openDesk().signal();
    desk.broker.losesReports = true;
    desk.when(status(desk.ref('target'), 'Cancelled'), status(desk.ref('stop'), 'Cancelled'));
    desk.when(status(desk.ref('entry'), 'Filled'));
    expect(desk.of('CycleCancelled')).toMatchObject([
      {
        outcome: 'closed elsewhere',
        why: 'The broker called it filled, its executions never came, and nothing of it is left.',
      },
    ]);
  });
});

describe('the entries of the last minute', () => {
  it('are remembered for the rate, and older ones are forgotten', () => {
    const desk = openDesk().signal();
    const first = desk.hostMs;
    expect(desk.state.entryTimes).toEqual([first]);
    desk.when(...desk.broker.drop(desk.ref('entry'))).later(30_000);
    desk.market('MES', 6890.5).signal({ signalId: 's-2', strategy: 'other', symbol: 'MES' });
    const second = desk.hostMs;
    expect(desk.state.entryTimes).toEqual([first, second]);
    desk.when(...desk.broker.drop(desk.ref('entry'))).later(30_000);
    desk.market('ES', 6890.5).signal({ signalId: 's-3', strategy: 'third' });
    expect(desk.state.entryTimes).toEqual([second, desk.hostMs]);
  });
});
