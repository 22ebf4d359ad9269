/** Rows of the catalogue of what really happened that no single room owns: protection that was never real, and success that was only said. */
import { describe, expect, it } from 'vitest';
import { holdingDesk, openDesk } from './testing/desk';

const refused = (rest: Parameters<ReturnType<typeof openDesk>['signal']>[0]) => {
  const desk = openDesk().signal(rest);
  expect(desk.sent).toEqual([]);
  expect(desk.broker.received.some((command) => command.type === 'PlaceBracket')).toBe(false);
  return desk.of('EntryDenied')[0]?.reasons;
};

describe('protection that was never real', () => {
  it('F15: an off-tick stop or target never leaves: 6951.325963783578, 6973.2882', () => {
    expect(refused({ targetPrice: 6951.325963783578 })).toContain('OFF_TICK_GRID');
    expect(refused({ action: 'SELL', stopPrice: 6973.2882, targetPrice: 6883 })).toContain('OFF_TICK_GRID');
  });

  it('F16: an entry without a stop or a target is refused, also at the market', () => {
    for (const orderType of ['LMT', 'MKT'] as const) {
      expect(refused({ orderType, stopPrice: null })).toContain('MISSING_PROTECTION');
      expect(refused({ orderType, targetPrice: null })).toContain('MISSING_PROTECTION');
    }
  });

  it('F17: BUY 6653.75 with its stop above, at 6654.25, is refused', () => {
    expect(refused({ entryPrice: 6653.75, stopPrice: 6654.25, targetPrice: 6669.25 })).toContain(
      'INVALID_BRACKET',
    );
  });

  it('F18: BUY 6863.5 with its target below is refused', () => {
    expect(refused({ entryPrice: 6863.5, stopPrice: 6858.5, targetPrice: 6863.25 })).toContain(
      'INVALID_BRACKET',
    );
  });

  it('F19: a stop or a target one tick from the entry is refused', () => {
    expect(refused({ stopPrice: 6890.25 })).toContain('INSUFFICIENT_DISTANCE');
    expect(refused({ targetPrice: 6890.75 })).toContain('INSUFFICIENT_DISTANCE');
  });

  it('F20: levels of a dead indicator (0.0000) are refused', () => {
    expect(refused({ stopPrice: 0, targetPrice: 0 })).not.toBeUndefined();
  });

  it('F21: a bracket’s stop is a STP, without a limit behind which it could rest', () => {
    const desk = holdingDesk();
    expect(desk.order('stop').spec).toMatchObject({ type: 'STP', limitTicks: null });
  });
});

describe('success that was only said', () => {
  it('F07: an exit that the wire did not take is no exit: it is told as not sent, and the next attempt goes out', () => {
    const desk = holdingDesk();
    desk.wired = false;
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    desk.when({ type: 'OrderNotSent', orderRef: desk.order('exit').spec.ref, why: 'No contract is known.' });
    expect(desk.of('OrderNeverSent')).toMatchObject([{ role: 'exit' }]);
    expect(desk.cycle.phase).toBe('open');
    desk.wired = true;
    expect(desk.later(1_000).sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'exit' } }]);
    expect(desk.broker.position('ES')).toBe(0);
  });
});
