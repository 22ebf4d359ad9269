import { describe, expect, it } from 'vitest';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { brokerOrder } from '../testing/events';
import { ticks } from '../testing/instruments';

function flatten(desk: Desk, scope = '*', commandId = `flatten-${scope}`): Desk {
  return desk.operator({ kind: 'Flatten', scope, reason: 'out' }, commandId);
}

/** Holds ES and MES, with one more MES entry resting. */
function busyDesk(): Desk {
  const desk = holdingDesk();
  desk.signal({ signalId: 's-2', symbol: 'MES', quantity: 2 });
  desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), 1));
  return desk;
}

describe('flatten', () => {
  it('halts, cancels entries, exits through the group, and ends FLAT by the broker’s own report (F49)', () => {
    const desk = flatten(busyDesk());
    expect(desk.state.modes['*']?.mode).toBe('Halted');
    const kinds = desk.facts.map((fact) => fact.type);
    const order = [
      'ModeChanged',
      'FlattenStarted',
      'OrderCancelRequested',
      'ExitRequested',
      'FlattenEnded',
    ] as const;
    const positions = order.map((type) => kinds.indexOf(type));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(positions).not.toContain(-1);
    const exits = desk.sent.flatMap((command) => (command.type === 'PlaceOrder' ? [command.order] : []));
    expect(exits).toMatchObject([
      { symbol: 'ES', side: 'SELL', quantity: 1 },
      { symbol: 'MES', side: 'SELL', quantity: 1 },
    ]);
    for (const exit of exits) expect(exit.ocaGroup).toBe(`${exit.cycleId}:oca`);
    expect(desk.of('FlattenEnded')).toEqual([
      {
        type: 'FlattenEnded',
        scope: '*',
        flat: true,
        detail: 'No position and no working order at the broker.',
      },
    ]);
    expect(desk.commands).toContainEqual({
      type: 'SendAlert',
      severity: 'info',
      text: 'FLAT confirmed by the broker (*).',
    });
    expect([desk.broker.position('ES'), desk.broker.position('MES')]).toEqual([0, 0]);
    expect(desk.broker.working()).toEqual([]);
  });

  it('of one instrument leaves the others alone', () => {
    const desk = flatten(busyDesk(), 'MES');
    expect(desk.broker.position('MES')).toBe(0);
    expect(desk.broker.position('ES')).toBe(1);
    expect(desk.state.modes).toMatchObject({ '*': { mode: 'Active' }, MES: { mode: 'Halted' } });
    expect(desk.state.flatten).toMatchObject({ scope: 'MES', phase: 'flat' });
  });

  it('with nothing held still asks the broker before it says FLAT', () => {
    const desk = openDesk();
    desk.broker.losesReports = true;
    flatten(desk);
    expect(desk.state.flatten?.phase).toBe('verifying');
    expect(desk.of('FlattenEnded')).toEqual([]);
    desk.broker.losesReports = false;
    expect(desk.later(2_000).of('FlattenEnded')).toMatchObject([{ flat: true }]);
  });

  it('is NOT FLAT when the broker never confirms, and says why, once', () => {
    const desk = openDesk();
    desk.broker.losesReports = true;
    flatten(desk).later(9_750);
    expect(desk.of('FlattenEnded')).toEqual([]);
    desk.later(250);
    expect(desk.of('FlattenEnded')).toMatchObject([
      { flat: false, detail: 'The broker did not confirm in time; look at it there.' },
    ]);
    expect(desk.commands).toContainEqual(expect.objectContaining({ severity: 'critical' }));
    expect(desk.later(20_000).of('FlattenEnded')).toEqual([]);
  });

  it('is NOT FLAT when exits rest, names what is open, and the exits stay wanted', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    flatten(desk).later(10_000);
    expect(desk.of('FlattenEnded')).toMatchObject([{ flat: false, detail: expect.stringContaining('1 ES') }]);
    desk.when(...desk.broker.fill(desk.ref('exit'), ticks(6890)));
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'flattened' });
  });

  it('is not FLAT while the broker still has an order that our book does not know, and does not ask in a storm', () => {
    const desk = openDesk();
    desk.broker.foreign = [brokerOrder('', { permId: 77, type: 'STP' })];
    flatten(desk);
    desk.later(5_000);
    expect(desk.of('FlattenEnded')).toEqual([]);
    expect(desk.state.flatten?.detail).toBe('The broker still has: STP ES Submitted.');
    expect(desk.commands.filter((command) => command.type === 'RequestReport')).toHaveLength(2);
    desk.broker.foreign = [];
    expect(desk.later(2_000).of('FlattenEnded')).toMatchObject([{ flat: true }]);
  });

  it('twice is one flatten: same command or another click, same or narrower scope', () => {
    const desk = busyDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    flatten(desk, '*', 'click-0001');
    const exits = desk.sent.length;
    flatten(desk, '*', 'click-0001');
    expect(desk.facts).toEqual([{ type: 'CommandRepeated', commandId: 'click-0001' }]);
    flatten(desk, '*', 'click-0002');
    expect(desk.of('FlattenStarted')).toEqual([]);
    expect(desk.sent).toEqual([]);
    flatten(desk, 'ES', 'click-0003');
    expect(desk.state.flatten?.scope).toBe('*');
    expect(desk.sent).toEqual([]);
    expect(exits).toBeGreaterThan(0);
  });

  it('of a second instrument while the first runs covers both', () => {
    const desk = busyDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    flatten(desk, 'ES');
    flatten(desk, 'MES');
    expect(desk.state.flatten).toMatchObject({ scope: 'ES+MES', phase: 'working' });
    const resting = desk.broker.working().filter((ref) => ref.endsWith(':exit'));
    expect(resting).toHaveLength(2);
    for (const ref of resting) desk.when(...desk.broker.fill(ref, ticks(6890)));
    expect(desk.of('FlattenEnded')).toMatchObject([{ scope: 'ES+MES', flat: true }]);
  });

  it('is not ended by a later Halt (I19)', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    flatten(desk).operator({ kind: 'Halt', scope: '*', reason: 'news' });
    expect(desk.state.flatten?.phase).toBe('working');
    desk.operator({ kind: 'Resume', scope: '*', reason: 'calm' });
    expect(desk.facts).toMatchObject([
      { code: 'HEALTH_CHECK_FAILED', why: expect.stringContaining('a flatten is working') },
    ]);
  });

  it('while disconnected waits, and goes out after reconnect and report', () => {
    const desk = holdingDesk().cutWire();
    flatten(desk);
    expect(desk.commands).toEqual([]);
    desk.later(3_000);
    expect(desk.state.flatten?.detail).toContain('1 ES');
    desk.broker.losesReports = true;
    desk.reconnect();
    expect(desk.sent).toEqual([]);
    desk.broker.losesReports = false;
    desk.later(2_000);
    expect(desk.sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'exit' } }]);
    expect(desk.of('FlattenEnded')).toMatchObject([{ flat: true }]);
  });

  it('while disconnected for too long is NOT FLAT in words, and its exits still go out later', () => {
    const desk = holdingDesk().cutWire();
    flatten(desk).later(10_000);
    expect(desk.of('FlattenEnded')).toMatchObject([
      { flat: false, detail: 'The broker is not connected; exits go out when it is back.' },
    ]);
    desk.reconnect();
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.cycle.outcome).toBe('flattened');
  });

  it('survives a restart half way', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    flatten(desk);
    desk.wired = false;
    desk.broker.fill(desk.ref('exit'), ticks(6890));
    desk.restart();
    expect(desk.state.flatten?.phase).toBe('working');
    desk.later(2_000).reconnect();
    expect(desk.of('FlattenEnded')).toMatchObject([{ flat: true }]);
    expect(desk.sent).toEqual([]);
    expect(desk.cycle.outcome).toBe('flattened');
  });

  it('closes also what the broker held and we did not know (S-15)', () => {
    const desk = openDesk();
    desk.broker.tradeByHand('ES', 2);
    flatten(desk);
    desk.later(4_000);
    expect(desk.cycle).toMatchObject({ origin: 'adopted', outcome: 'flattened' });
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.state.flatten?.phase).toBe('flat');
  });
});
