import { describe, expect, it } from 'vitest';
import { strictestMode } from '../model/book';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { brokerOrder } from '../testing/events';
import { ES, MES, ticks } from '../testing/instruments';

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
        detail: 'Confirmed by the broker at 09:00:00 US/Central: no position and no working order.',
      },
    ]);
    expect(desk.commands).toContainEqual({
      type: 'SendAlert',
      severity: 'info',
      text: 'FLAT confirmed by the broker at 09:00:00 US/Central (*).',
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

  it('at its deadline is NOT FLAT, says why once, and goes on until the broker confirms (L2)', () => {
    const desk = openDesk();
    desk.broker.losesReports = true;
    flatten(desk).later(9_750);
    expect(desk.state.flatten?.notFlat).toBeNull();
    desk.later(250);
    const detail = 'Our book is flat, the broker has not confirmed it.';
    expect(desk.of('FlattenNotFlat')).toEqual([
      { type: 'FlattenNotFlat', scope: '*', reason: 'NOT_CONFIRMED', code: null, detail },
    ]);
    expect(desk.commands).toContainEqual({
      type: 'SendAlert',
      severity: 'critical',
      text: `NOT FLAT (*): ${detail} It goes on.`,
    });
    desk.later(20_000);
    expect([...desk.of('FlattenNotFlat'), ...desk.of('FlattenEnded')]).toEqual([]);
    expect(strictestMode(desk.state, 'ES')).toBe('Flattening');
    desk.broker.losesReports = false;
    expect(desk.later(2_000).of('FlattenEnded')).toMatchObject([{ flat: true }]);
    expect(desk.state.flatten).toMatchObject({ phase: 'flat', notFlat: null });
  });

  it('is NOT_FILLED while exits rest, names what is open, and ends FLAT when they fill', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    flatten(desk).later(10_000);
    expect(desk.state.flatten?.notFlat).toMatchObject({
      reason: 'NOT_FILLED',
      detail: expect.stringContaining('1 ES'),
    });
    desk.when(...desk.broker.fill(desk.ref('exit'), ticks(6890))).later(2_000);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'flattened' });
    expect(desk.state.flatten?.phase).toBe('flat');
  });

  it('is REJECTED with IB’s code and words while the broker refuses the exit', () => {
    const desk = holdingDesk();
    const text = 'Order rejected - reason:The account is restricted.';
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'refused', code: 201, text } : null);
    flatten(desk).later(10_250);
    expect(desk.state.flatten?.notFlat).toMatchObject({
      reason: 'REJECTED',
      code: 201,
      detail: expect.stringContaining(text),
    });
    desk.broker.mishap = () => null;
    desk.later(15_000);
    expect(desk.state.flatten?.phase).toBe('flat');
  });

  it('is UNKNOWN_ORDER while nothing is heard of the exit, and asks again and again', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'lost' } : null);
    desk.broker.losesReports = true;
    flatten(desk).later(10_000);
    expect(desk.state.flatten?.notFlat?.reason).toBe('UNKNOWN_ORDER');
    expect(desk.later(10_000).commands.filter(({ type }) => type === 'RequestReport').length).toBeGreaterThan(
      1,
    );
  });

  it('is POSITION_MISMATCH while the broker holds what our book does not', () => {
    const desk = openDesk();
    desk.broker.tradeByHand('ES', 2);
    desk.broker.losesReports = true;
    flatten(desk).later(9_000);
    const { requestId } = desk.state.reconciliation;
    desk.when({ type: 'BrokerReported', report: desk.broker.report(requestId) }).later(1_000);
    expect(desk.state.flatten?.notFlat?.reason).toBe('POSITION_MISMATCH');
  });

  it('is FOREIGN_ORDERS while orders of others work, which a person must cancel', () => {
    const desk = openDesk();
    desk.broker.foreign = [brokerOrder('', { permId: 77, type: 'STP' })];
    flatten(desk).later(10_000);
    expect(desk.state.flatten?.notFlat).toMatchObject({
      reason: 'FOREIGN_ORDERS',
      detail: 'Orders of others work in the account: cancel them in TWS. The broker has: STP ES Submitted.',
    });
  });

  it('cancels an order that bears our name and that our book has lost', () => {
    const desk = openDesk();
    desk.broker.foreign = [brokerOrder('c-old-1:stop', { permId: 77, type: 'STP' })];
    flatten(desk).later(1_000);
    expect(desk.sent[0]).toEqual({ type: 'CancelOrder', ref: 'c-old-1:stop' });
  });

  it('cancels an entry again and again until it is gone (I20)', () => {
    const desk = openDesk().signal();
    desk.broker.losesCancels = true;
    flatten(desk).later(30_000);
    expect(desk.sent.filter(({ type }) => type === 'CancelOrder').length).toBeGreaterThan(5);
    desk.broker.losesCancels = false;
    desk.later(7_000);
    expect(desk.broker.working()).toEqual([]);
    expect(desk.state.flatten?.phase).toBe('flat');
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
    expect(desk.of('FlattenNotFlat')).toMatchObject([{ reason: 'DISCONNECTED' }]);
    desk.reconnect();
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.cycle.outcome).toBe('flattened');
    expect(desk.state.flatten).toMatchObject({ phase: 'flat', notFlat: null });
  });

  it('overdue after a sleep repeats no cancel before the broker has said what is so (R1, L7; seed 320034523)', () => {
    const desk = openDesk().signal({ quantity: 2 });
    desk.wired = false;
    flatten(desk);
    desk.ts += 3_600_000;
    desk.when({ type: 'WorkerStalled', forMs: 3_600_000 });
    expect(desk.of('FlattenNotFlat')).toHaveLength(1);
    expect(desk.sent).toEqual([]);
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

/** 24 December 2025 in Chicago: Globex closes at 12:15 and opens on the 25th at 17:00. */
const cst = (text: string) => Date.parse(`2025-12-${text}-06:00`);
const CHRISTMAS = [
  { openTs: cst('23T17:00:00'), closeTs: cst('24T12:15:00') },
  { openTs: cst('25T17:00:00'), closeTs: cst('26T16:00:00') },
];

/** Holds ES with its stop, and waits for the closing bell. */
function christmasDesk(): Desk {
  const desk = holdingDesk();
  const hours = { sessions: CHRISTMAS, lastTradeTs: cst('31T15:00:00') };
  desk.when({ type: 'InstrumentResolved', instrument: { ...ES, ...hours } });
  desk.when({ type: 'InstrumentResolved', instrument: { ...MES, ...hours } });
  desk.ts = cst('24T12:15:00');
  return desk.market('ES', 6890.5);
}

describe('a flatten in a closed market', () => {
  it('is CRITICAL at once, sends nothing, keeps the stop, and is armed for the open at hh:mm (F12)', () => {
    const desk = flatten(christmasDesk());
    expect(desk.sent).toEqual([]);
    const opensTs = cst('25T17:00:00');
    const armed = 'armed for the open at 17:00 (2025-12-25 17:00 US/Central)';
    const detail = `ES: market closed, 1 held, ${armed}.`;
    expect(desk.of('FlattenArmed')).toEqual([
      { type: 'FlattenArmed', scope: '*', symbol: 'ES', quantity: 1, opensTs, detail },
    ]);
    expect(desk.commands).toContainEqual({
      type: 'SendAlert',
      severity: 'critical',
      text: `NOT FLAT (*): ${detail}`,
    });
    expect(desk.state.flatten).toMatchObject({
      armed: [{ symbol: 'ES', opensTs }],
      notFlat: { reason: 'MARKET_CLOSED' },
    });
    expect(desk.later(60_000).sent).toEqual([]);
    expect(desk.of('FlattenNotFlat')).toEqual([]);
    expect(desk.order('stop').phase).toBe('Working');
  });

  it('survives a restart and a night without the gateway, and is FLAT within seconds of the open', () => {
    const desk = flatten(christmasDesk()).restart();
    desk.ts = cst('25T08:00:00');
    desk.later(20_000).reconnect().later(20_000);
    expect(desk.state.flatten?.notFlat?.reason).toBe('MARKET_CLOSED');
    desk.ts = cst('25T17:00:00');
    desk.later(3_000);
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.state.flatten).toMatchObject({ phase: 'flat', armed: [], notFlat: null });
  });

  it('is told again by a new worker: the old one may have died before its words left (L8, seed 320127503)', () => {
    const desk = flatten(christmasDesk());
    desk.cutWire().restart();
    expect(desk.of('FlattenArmed')).toHaveLength(1);
    expect(desk.commands).toContainEqual(expect.objectContaining({ severity: 'critical' }));
  });

  it('has its ten seconds anew when the market opens', () => {
    const desk = flatten(christmasDesk());
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    desk.ts = cst('25T17:00:00');
    desk.later(9_000);
    expect(desk.state.flatten?.notFlat).toBeNull();
    expect(desk.later(1_250).of('FlattenNotFlat')).toMatchObject([{ reason: 'NOT_FILLED' }]);
  });

  it('with nothing held is FLAT by the broker’s word all the same', () => {
    const desk = openDesk();
    desk.ts = cst('20T12:00:00');
    flatten(desk);
    expect(desk.of('FlattenEnded')).toMatchObject([{ flat: true }]);
  });
});

describe('a running flatten and other commands', () => {
  function stuckDesk(): Desk {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    return flatten(desk);
  }

  it('is downgraded by nothing: halts, cancels, limits, trips, a restart (I19, prototype seed 1187)', () => {
    const desk = stuckDesk();
    desk.operator({ kind: 'HaltEntries', scope: '*', reason: 'late' });
    desk.operator({ kind: 'Halt', scope: 'ES', reason: 'late' });
    desk.operator({ kind: 'CancelEntries', scope: '*', reason: 'late' });
    desk.when({ type: 'LimitsChanged', limits: { maxDailyTrades: 1 }, by: 'ana', why: 'late' });
    desk.when({ type: 'JournalFailed', why: 'The disk is full.' });
    desk.restart().reconnect();
    expect(desk.state.flatten?.phase).toBe('working');
    expect(strictestMode(desk.state, 'ES')).toBe('Flattening');
    expect(desk.state.modes['*']?.mode).toBe('Halted');
    desk.when(...desk.broker.fill(desk.ref('exit'), ticks(6890))).later(2_000);
    expect(desk.state.flatten?.phase).toBe('flat');
    expect(strictestMode(desk.state, 'ES')).toBe('Halted');
  });

  it('is not resumed from', () => {
    const desk = stuckDesk().operator({ kind: 'Resume', scope: '*', reason: 'never mind' });
    expect(desk.facts).toMatchObject([{ type: 'CommandRefused', code: 'HEALTH_CHECK_FAILED' }]);
    expect(desk.state.flatten?.phase).toBe('working');
  });

  it('lets no entry out, with its own reason, and the strategy’s exit is the flatten’s own', () => {
    const desk = stuckDesk();
    desk.signal({ signalId: 's-9', symbol: 'MES', strategy: 'other' });
    expect(desk.of('EntryDenied')).toMatchObject([{ reasons: ['TRADING_HALTED'] }]);
    desk.signal({ signalId: 'x-1', action: 'EXIT', stopPrice: null, targetPrice: null });
    expect(desk.of('ExitRepeated')).toHaveLength(1);
  });

  it('grows from one instrument to all by a second press from another session, and is the same flatten', () => {
    const desk = busyDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    flatten(desk, 'ES').later(4_000);
    const { startedHostMs } = desk.state.flatten ?? {};
    flatten(desk, '*');
    expect(desk.state.flatten).toMatchObject({ scope: '*', startedHostMs, dueHostMs: desk.hostMs + 10_000 });
    const placed = desk.sent.filter(({ type }) => type === 'PlaceOrder');
    expect(placed).toMatchObject([{ order: { symbol: 'MES', role: 'exit' } }]);
  });
});

describe('a flatten that a person abandons', () => {
  const abandon = (desk: Desk, reason = 'closed by hand') =>
    desk.operator({ kind: 'AbandonFlatten', reason });

  it('ends NOT FLAT on record, stays halted, and wants no exit that was not sent', () => {
    const desk = abandon(flatten(christmasDesk()));
    expect(desk.of('FlattenEnded')).toEqual([
      { type: 'FlattenEnded', scope: '*', flat: false, detail: 'Abandoned by ana: closed by hand' },
    ]);
    expect(desk.state.modes['*']?.mode).toBe('Halted');
    desk.ts = cst('25T17:00:00');
    expect(desk.later(5_000).sent).toEqual([]);
    expect(desk.cycle).toMatchObject({ exit: null, protection: { state: 'protected' } });
  });

  it('leaves an exit that already works at the broker where it is', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    abandon(flatten(desk));
    expect(desk.cycle.exit).toMatchObject({ reason: 'flatten' });
    expect(desk.order('exit').phase).toBe('Working');
  });

  it('needs a reason, and a flatten', () => {
    expect(abandon(flatten(christmasDesk()), '').facts).toMatchObject([{ code: 'REASON_REQUIRED' }]);
    expect(abandon(openDesk()).facts).toMatchObject([{ code: 'NOTHING_TO_DO' }]);
  });
});
