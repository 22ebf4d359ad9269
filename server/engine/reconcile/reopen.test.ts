import { describe, expect, it } from 'vitest';
import { microsOf } from '../model/money';
import { type Desk, openDesk } from '../testing/desk';
import { advised, brokerOrder, signal } from '../testing/events';
import { ticks } from '../testing/instruments';

/** A desk whose database is put back to what it was before `then`, while the broker went on. */
function restored(then: (desk: Desk) => void, before: (desk: Desk) => void = () => undefined): Desk {
  const desk = openDesk();
  before(desk);
  const backup = desk.state;
  then(desk);
  desk.state = backup;
  return desk.restart().reconnect();
}

const trade = (desk: Desk) => desk.signal({ quantity: 2 });
const fill = (desk: Desk, role: 'entry' | 'target', price: number) =>
  desk.when(...desk.broker.fill(desk.ref(role), ticks(price)));

/** A desk whose database still waits for a word on what was sent since, and that comes back when the time for a word is over. */
function letGo(then: (desk: Desk) => void): Desk {
  const desk = openDesk();
  desk.advisor = 'WAIT';
  desk.when(signal());
  const backup = desk.state;
  const proposal = desk.proposal();
  if (!proposal) throw new Error('Nothing waits.');
  const { proposalId, digest } = proposal;
  desk.operator({ kind: 'ApproveProposal', proposalId, digest, reason: 'level' });
  then(desk);
  desk.state = backup;
  desk.restart().later(desk.state.limits.proposalLifeMs);
  expect(desk.cycle).toMatchObject({ phase: 'denied', outcome: 'proposal expired' });
  return desk.reconnect();
}

/** They are another client's, or of yesterday; the position is what it is. */
function forgetExecutions({ broker }: Desk, held: number): void {
  broker.ledger.executions.length = 0;
  broker.tradeByHand('ES', held);
}

/** Two are held; the database is put back to before the exit of which one contract filled. */
function withoutItsExit(ends: (desk: Desk, exit: string) => unknown): { desk: Desk; exit: string } {
  const desk = openDesk().signal({ quantity: 2 });
  fill(desk, 'entry', 6890.5);
  const backup = desk.state;
  desk.broker.mishap = ({ role }) => (role === 'exit' ? { kind: 'rests' } : null);
  desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' }, 'out');
  const exit = desk.ref('exit');
  desk.when(...desk.broker.fill(exit, ticks(6890), 1));
  ends(desk, exit);
  desk.state = backup;
  desk.restart().reconnect();
  return { desk, exit };
}

describe('R11: an older database over a newer reality', () => {
  it('finds its position under its own id, covered by its own stop, and sends nothing', () => {
    let cycleId = '';
    const desk = restored((now) => {
      fill(trade(now), 'entry', 6890.5);
      cycleId = now.cycle.cycleId;
    });
    expect(desk.of('CycleReopened')).toMatchObject([{ cycleId, symbol: 'ES', side: 'BUY' }]);
    expect(desk.cycle).toMatchObject({ cycleId, phase: 'open', side: 'BUY', entryQuantity: 2, orphan: null });
    expect(desk.cycle.protection).toMatchObject({ state: 'protected', ref: `${cycleId}:stop`, quantity: 2 });
    expect(desk.order('stop').spec).toMatchObject({ type: 'STP', triggerTicks: ticks(6885.5), quantity: 2 });
    expect(desk.order('target').phase).toBe('Working');
    expect(desk.sent).toEqual([]);
    expect(desk.of('ReconcileMismatch')).toEqual([]);
  });

  it('is told aloud, and stops entries until a person resumes', () => {
    const desk = restored((now) => fill(trade(now), 'entry', 6890.5));
    expect(desk.state.incidents).toMatchObject([{ kind: 'JOURNAL_BEHIND' }]);
    expect(desk.commands).toContainEqual(
      expect.objectContaining({
        severity: 'critical',
        text: expect.stringContaining('JOURNAL BEHIND THE BROKER'),
      }),
    );
    expect(desk.state.modes['*']?.mode).toBe('Reducing');
  });

  it('goes on with the trade: its target closes it, with its result', () => {
    const desk = restored((now) => fill(trade(now), 'entry', 6890.5));
    fill(desk, 'target', 6898);
    expect(desk.cycle).toMatchObject({
      phase: 'closed',
      outcome: 'target',
      realizedMicros: microsOf(7.5 * 50 * 2 - 4 * 2.25),
    });
    expect(desk.broker.working()).toEqual([]);
  });

  it('counts what its orders had executed before it knew them: nothing settles for ever (seed 801128)', () => {
    const desk = restored((now) => {
      trade(now);
      now.when(...now.broker.fill(now.ref('entry'), ticks(6890.5), 1));
    });
    expect(desk.order('entry')).toMatchObject({ filledQuantity: 1, reportedFilled: 1 });
    expect(desk.state.reconciliation.phase).toBe('clean');
  });

  it('never leaves its entry working', () => {
    const desk = restored(trade);
    expect(desk.sent).toMatchObject([{ type: 'CancelOrder', ref: desk.ref('entry') }]);
    expect(desk.broker.working()).toEqual([]);
    expect(desk.cycle.phase).toBe('cancelled');
    expect(desk.state.positions.ES).toBeUndefined();
  });

  it('never decides again about a proposal that was sent: its position is held, flattened, and sent once (seed 601875)', () => {
    const desk = openDesk();
    desk.advisor = null;
    trade(desk);
    const backup = desk.state;
    desk.when(advised(`${desk.cycle.cycleId}:proposal`, 'GO'));
    fill(desk, 'entry', 6890.5);
    desk.state = backup;
    desk.restart().reconnect();
    expect(desk.state.proposals).toEqual({});
    expect(desk.cycle).toMatchObject({ phase: 'open', entryQuantity: 2, protection: { state: 'protected' } });
    expect(desk.state.incidents).toMatchObject([{ kind: 'JOURNAL_BEHIND' }]);
    desk.later(15_000);
    expect(desk.cycle.phase).toBe('open');
    desk.operator({ kind: 'Flatten', scope: '*', reason: 'the end' }, 'flat').later(5_000);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('goes on with an exit that works and that it has forgotten: no stop can go beside it (L1)', () => {
    const desk = restored((now) => {
      fill(trade(now), 'entry', 6890.5);
      now.broker.mishap = ({ role }) => (role === 'exit' ? { kind: 'rests' } : null);
      now.signal({ signalId: 's-out', action: 'EXIT' });
      now.when(...now.broker.fill(now.ref('exit'), ticks(6890), 1));
      now.broker.mishap = () => null;
    });
    expect(desk.cycle.exit).toMatchObject({
      reason: 'emergency',
      why: 'An exit of it works, and no stop can go beside it.',
    });
    desk.later(5_000);
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.broker.working()).toEqual([]);
  });

  it('knows from orders that ended that its proposal was sent: no decision about it comes any more (L3)', () => {
    const desk = openDesk();
    desk.advisor = null;
    trade(desk);
    const backup = desk.state;
    desk.when(advised(`${desk.cycle.cycleId}:proposal`, 'GO'));
    fill(desk, 'entry', 6890.5);
    desk.when(...desk.broker.drop(desk.ref('stop')), ...desk.broker.drop(desk.ref('target')));
    for (const role of ['entry', 'emergency'] as const) desk.broker.orders.delete(desk.ref(role));
    forgetExecutions(desk, 2);
    desk.state = backup;
    desk.restart().reconnect().later(15_000);
    expect(desk.state.proposals).toEqual({});
    expect(desk.openCycles()).toMatchObject([{ entryQuantity: 2, protection: { state: 'emergency' } }]);
    desk.operator({ kind: 'Flatten', scope: '*', reason: 'the end' }, 'flat').later(5_000);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('gives what one of its cycles closed too much to the one whose emergency stop is found for it: no second stop (I2)', () => {
    let orphan = '';
    const desk = restored((now) => {
      trade(now).broker.changeMishap = () => 'lost';
      now.when(...now.broker.fill(now.ref('entry'), ticks(6890.5), 1));
      now.when(...now.broker.drop(now.ref('entry')));
      now.when(...now.broker.fill(now.ref('stop'), ticks(6885.5), 2)).later(5_000);
      orphan = now.cycle.cycleId;
      expect(now.cycle).toMatchObject({ origin: 'adopted', side: 'SELL', entryQuantity: 1 });
      expect(now.broker.working()).toEqual([now.ref('emergency')]);
    });
    desk.later(5_000);
    expect(desk.broker.working()).toEqual([`${orphan}:emergency`]);
    expect(desk.openCycles()).toMatchObject([{ cycleId: orphan, entryQuantity: 1, side: 'SELL' }]);
  });

  it('gives two of its cycles, found by their emergency stops, what each of them closes (I2)', () => {
    let orphans: readonly string[] = [];
    const desk = restored((now) => {
      const byHand = (signed: number) => {
        now.broker.tradeByHand('ES', signed);
        now.cutWire().reconnect().later(5_000);
        return now.cycle.cycleId;
      };
      orphans = [byHand(2), byHand(1)];
    });
    desk.later(5_000);
    expect(desk.broker.working()).toEqual(orphans.map((cycleId) => `${cycleId}:emergency`));
    expect(desk.openCycles()).toMatchObject([
      { cycleId: orphans[0], entryQuantity: 2, protection: { state: 'emergency' } },
      { cycleId: orphans[1], entryQuantity: 1, protection: { state: 'emergency' } },
    ]);
  });

  it('keeps a cycle whose stop works under another client id, though a late report shows nothing held (I2)', () => {
    const desk = openDesk();
    const backup = desk.state;
    desk.broker.tradeByHand('ES', -1);
    desk.cutWire().reconnect().later(1_000);
    const orphan = desk.cycle.cycleId;
    expect(desk.broker.working()).toEqual([`${orphan}:emergency`]);
    desk.broker.tradeByHand('ES', 1);
    desk.state = backup;
    desk.restart().reconnect(8).later(1_000);
    desk.broker.tradeByHand('ES', -1);
    desk.cutWire().reconnect(8).later(5_000);
    expect(desk.broker.working()).toEqual([`${orphan}:emergency`]);
    expect(desk.openCycles()).toMatchObject([{ cycleId: orphan, protection: { state: 'emergency' } }]);
  });

  it('never sends an order under a reference that an execution bears, though no report names the order (I7)', () => {
    const { desk, exit } = withoutItsExit(({ broker }, ref) => {
      broker.orders.delete(ref);
      broker.mishap = () => null;
    });
    desk
      .operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' }, 'out again')
      .later(5_000);
    expect(desk.broker.orders.get(exit)).toBeUndefined();
    expect(desk.broker.orders.get(`${exit}-2`)).toMatchObject({ status: 'Filled' });
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('never sends another order under a reference that an order had which is over by now (I7; seed 701833)', () => {
    const { desk, exit } = withoutItsExit(({ broker }, ref) => broker.drop(ref));
    expect(desk.state.orders[exit]).toMatchObject({
      phase: 'Cancelled',
      filledQuantity: 1,
      reportedFilled: 1,
    });
    desk.broker.mishap = () => null;
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' }, 'out-2').later(3_000);
    expect(desk.broker.received.filter((c) => c.type === 'PlaceOrder' && c.order.ref === exit)).toHaveLength(
      1,
    );
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('books a trade that was over as what it was', () => {
    const desk = restored((now) => {
      fill(trade(now), 'entry', 6890.5);
      fill(now, 'target', 6898);
    });
    desk.later(3_000);
    expect(desk.cycle).toMatchObject({ phase: 'closed', realizedMicros: microsOf(7.5 * 50 * 2 - 4 * 2.25) });
    expect(desk.state.day.realizedMicros).toBe(microsOf(7.5 * 50 * 2 - 4 * 2.25));
    expect(desk.sent).toEqual([]);
  });

  it('gives a cycle whose executions IB has forgotten over midnight the contracts that its stop covers', () => {
    const desk = restored((now) => {
      fill(trade(now), 'entry', 6890.5);
      now.broker.tradeByHand('ES', 2);
      now.broker.ledger.executions.length = 0;
    });
    expect(desk.cycle).toMatchObject({ origin: 'adopted', orphan: null, entryQuantity: 2 });
    expect(desk.cycle.protection).toMatchObject({ state: 'protected', ref: desk.ref('stop') });
    expect(desk.sent).toEqual([]);
    expect(desk.openCycles()).toHaveLength(1);
  });

  it('cancels the legs of a cycle that holds nothing any more (R10)', () => {
    const desk = restored((now) => {
      fill(trade(now), 'entry', 6890.5);
      now.broker.ledger.executions.length = 0;
    });
    desk.later(1_000);
    expect(desk.broker.working()).toEqual([]);
    expect(desk.cycle).toMatchObject({ phase: 'cancelled', outcome: 'closed elsewhere' });
    expect(desk.state.positions.ES?.quantity ?? 0).toBe(0);
  });

  it('takes an emergency stop that was sent after the backup for what it is: no second one', () => {
    const desk = restored(
      (now) => {
        now.when(...now.broker.drop(now.ref('stop')), ...now.broker.drop(now.ref('target')));
        expect(now.broker.working()).toHaveLength(1);
      },
      (then) => fill(trade(then), 'entry', 6890.5),
    );
    expect(desk.cycle.protection).toMatchObject({ state: 'emergency', ref: desk.ref('emergency') });
    expect(desk.sent).toEqual([]);
    expect(desk.broker.working()).toEqual([desk.ref('emergency')]);
  });

  it('of a proposal that waited then and was sent since: the trade goes on', () => {
    const desk = restored(
      (now) => {
        const proposal = now.proposal();
        if (!proposal) throw new Error('Nothing waits.');
        const { proposalId, digest } = proposal;
        now.operator({ kind: 'ApproveProposal', proposalId, digest, reason: 'level' });
        fill(now, 'entry', 6890.5);
      },
      (then) => {
        then.advisor = 'WAIT';
        then.when(signal());
      },
    );
    expect(desk.cycle).toMatchObject({ phase: 'open', outcome: null, protection: { state: 'protected' } });
    expect(desk.sent).toEqual([]);
  });

  it('nor about one that this worker has let go since: its position is covered by its own stop alone (seed 730007463)', () => {
    const desk = letGo((now) => {
      fill(now, 'entry', 6890.5);
      forgetExecutions(now, 1);
    });
    expect(desk.of('CycleReopened')).toHaveLength(1);
    expect(desk.cycle).toMatchObject({
      phase: 'open',
      outcome: null,
      entryQuantity: 1,
      protection: { state: 'protected', ref: desk.ref('stop') },
    });
    expect(desk.openCycles()).toHaveLength(1);
    expect(desk.sent).toEqual([]);
  });

  it('the same when the broker has forgotten its entry over midnight', () => {
    const desk = letGo((now) => {
      fill(now, 'entry', 6890.5);
      now.broker.orders.delete(now.ref('entry'));
      forgetExecutions(now, 1);
    });
    expect(desk.cycle).toMatchObject({ phase: 'open', entryQuantity: 1, protection: { state: 'protected' } });
    expect(desk.openCycles()).toHaveLength(1);
    expect(desk.sent).toEqual([]);
  });

  it('ends it, and clears its legs, when nothing of it is held any more', () => {
    const desk = letGo((now) => {
      fill(now, 'entry', 6890.5);
      now.broker.orders.delete(now.ref('entry'));
      forgetExecutions(now, 0);
    });
    desk.later(1_000);
    expect(desk.cycle).toMatchObject({ phase: 'cancelled', outcome: 'closed elsewhere' });
    expect(desk.broker.working()).toEqual([]);
  });

  it('asks again about an orphan that it has forgotten', () => {
    const desk = restored((now) => {
      now.cutWire();
      now.broker.tradeByHand('ES', 1);
      now.reconnect();
    });
    expect(desk.openCycles()).toMatchObject([
      { orphan: { decision: 'undecided' }, protection: { state: 'emergency' }, entryQuantity: 1 },
    ]);
    expect(desk.broker.working()).toHaveLength(1);
    expect(desk.sent).toEqual([]);
  });

  it('gives it back the contracts that were traded by hand, and no second stop (seed 320004484)', () => {
    const nobodys = { execId: '0000aaaa.00000001.01.01', orderRef: '', permId: 9, orderId: 0, ts: 1 };
    const desk = restored((now) => {
      now.cutWire();
      now.broker.ledger.executions.push({
        ...nobodys,
        symbol: 'ES',
        side: 'SELL',
        quantity: 2,
        priceTicks: 27_560,
      });
      now.reconnect();
    });
    expect(desk.openCycles()).toMatchObject([
      {
        orphan: { decision: 'undecided' },
        protection: { state: 'emergency' },
        side: 'SELL',
        entryQuantity: 2,
      },
    ]);
    expect(desk.broker.working()).toHaveLength(1);
    expect(desk.sent).toEqual([]);
  });

  it('leaves an order of a kind that we never send to a person, though it bears our reference', () => {
    const desk = openDesk();
    desk.broker.foreign = [brokerOrder('c-abc-1:stop', { type: 'TRAIL', side: 'SELL' })];
    desk.cutWire().reconnect();
    expect(desk.state.reconciliation.foreignOrders).toMatchObject([
      { orderRef: 'c-abc-1:stop', type: 'TRAIL' },
    ]);
    expect(desk.sent).toEqual([]);
  });
});
