import { describe, expect, it } from 'vitest';
import { Desk, holdingDesk, openDesk } from '../testing/desk';
import { brokerOrder, connected, disconnected, reported, signal, started, TICK } from '../testing/events';
import { ES, ticks } from '../testing/instruments';

const reports = (desk: Desk) => desk.commands.filter((command) => command.type === 'RequestReport');

describe('a message of the broker that could not be read', () => {
  const lost = { type: 'BrokerMessageLost', text: 'It is lost.' } as const;

  it('has the broker asked for its report, which finds what was in it', () => {
    const desk = holdingDesk();
    desk.later(3_000);
    expect(reports(desk.when(lost))).toHaveLength(1);
    expect(desk.of('BrokerMessageLost')).toEqual([lost]);
    expect(desk.state.reconciliation.phase).toBe('clean');
  });

  it('has it asked no more often than every two seconds, however many there are, and never while it is away', () => {
    const desk = holdingDesk();
    desk.later(3_000);
    let asked = 0;
    for (let n = 0; n < 100; n++) {
      asked += reports(desk.when(lost)).length;
      desk.later(100);
    }
    expect(asked).toBeLessThanOrEqual(6);
    desk.cutWire();
    expect(reports(desk.when(lost))).toEqual([]);
  });
});

describe('R1: before the first report of a connection', () => {
  it('nothing but the question is sent, whatever is wished for (law 7)', () => {
    const desk = holdingDesk();
    desk.signal({ signalId: 's-2', symbol: 'MES' });
    desk.broker.losesReports = true;
    desk.cutWire();
    desk.broker.drop(desk.ref('entry'));
    desk.reconnect();
    expect(reports(desk)).toHaveLength(1);
    desk.market('ES', 6890.5).signal({ signalId: 's-3', symbol: 'MES', strategy: 'other' });
    expect(desk.of('EntryDenied')[0]?.reasons).toContain('NOT_RECONCILED');
    desk.operator({ kind: 'CancelEntries', scope: '*', reason: 'news' });
    desk.operator({ kind: 'Flatten', scope: '*', reason: 'out' });
    desk.signal({ signalId: 'x-1', action: 'EXIT' });
    desk.later(1_500);
    expect(desk.sent).toEqual([]);
    desk.later(8_500);
    expect(desk.sent).toEqual([]);
    desk.broker.losesReports = false;
    desk.later(2_000);
    expect(desk.sent.length).toBeGreaterThan(0);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('a worker that stood still asks before it sends anything, like on a new connection (F42, L7)', () => {
    const desk = holdingDesk();
    desk.broker.losesReports = true;
    desk.when({ type: 'WorkerStalled', forMs: 960_000 });
    expect(desk.of('WorkerStalled')).toEqual([{ type: 'WorkerStalled', forMs: 960_000 }]);
    expect(reports(desk)).toHaveLength(1);
    desk.signal({ signalId: 'x-1', action: 'EXIT' });
    desk.market('MES', 6890.5).signal({ signalId: 's-2', symbol: 'MES' });
    expect(desk.of('EntryDenied')[0]?.reasons).toContain('NOT_RECONCILED');
    expect(desk.sent).toEqual([]);
    desk.broker.losesReports = false;
    desk.later(2_000);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('a report that is lost is asked for again every two seconds', () => {
    const desk = new Desk();
    desk.broker.losesReports = true;
    desk.when(started(), { type: 'InstrumentResolved', instrument: ES }, connected());
    expect(reports(desk)).toMatchObject([{ requestId: 1 }]);
    expect(reports(desk.later(1_750))).toEqual([]);
    expect(reports(desk.later(250))).toMatchObject([{ requestId: 2 }]);
    expect(reports(desk.later(6_000))).toHaveLength(3);
    desk.when(reported(3));
    expect(desk.state.reconciliation.phase).toBe('clean');
  });

  it('R2: one that was asked for on an earlier connection proves nothing', () => {
    const desk = holdingDesk();
    desk.wired = false;
    desk.when(disconnected(), connected());
    const old = desk.state.reconciliation.requestId;
    desk.when(disconnected(), connected());
    desk.when(reported(old));
    expect(desk.state.reconciliation.phase).toBe('asked');
    expect(desk.order('stop').phase).toBe('Working');
    expect(desk.state.positions.ES?.quantity).toBe(1);
  });
});

describe('a start', () => {
  it('forgets the wire and the prices of the process that is gone', () => {
    const desk = holdingDesk().restart();
    expect(desk.state.link.phase).toBe('disconnected');
    expect(desk.state.reconciliation).toMatchObject({ phase: 'none', requests: [], disputed: [] });
    expect(desk.state.market.quotes).toEqual({});
    expect(desk.later(5_000).commands).toEqual([]);
  });

  it('with a position finds its bracket working, and sends nothing', () => {
    const desk = holdingDesk().restart().reconnect();
    expect(desk.of('Reconciled')).toMatchObject([{ positions: 1, openOrders: 2, repairs: 0 }]);
    expect(desk.sent).toEqual([]);
    expect(desk.cycle.protection.state).toBe('protected');
  });

  it('with a position whose stop is gone at the broker sends an emergency stop at once (F13, S-10)', () => {
    const desk = holdingDesk();
    desk.wired = false;
    desk.broker.drop(desk.ref('stop'));
    desk.broker.drop(desk.ref('target'));
    desk.restart().reconnect();
    expect(desk.sent).toMatchObject([
      { type: 'PlaceOrder', order: { role: 'emergency', side: 'SELL', quantity: 1 } },
    ]);
  });

  it('finds orders that were journaled and never sent, and ends them', () => {
    const desk = openDesk();
    desk.wired = false;
    desk.signal();
    desk.ts += 1;
    desk.restart().reconnect();
    expect(desk.of('OrderNeverSent').map((fact) => fact.role)).toEqual(['entry', 'target', 'stop']);
    expect(desk.cycle).toMatchObject({ phase: 'cancelled', outcome: 'entry not filled' });
    expect(desk.sent).toEqual([]);
  });
});

describe('R3: fills while away', () => {
  it('are taken from the report: the cycle closes with its result', () => {
    const desk = holdingDesk().cutWire();
    desk.broker.fill(desk.ref('target'), ticks(6898));
    desk.reconnect();
    expect(desk.of('OrderFilled')).toMatchObject([{ role: 'target', positionAfter: 0 }]);
    expect(desk.of('ReconcileMismatch')).toEqual([]);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'target', realizedMicros: 370_500_000 });
    expect(desk.sent).toEqual([]);
  });

  it('of the entry are protected by the bracket that the broker holds', () => {
    const desk = openDesk().signal().cutWire();
    desk.broker.fill(desk.ref('entry'), ticks(6890.5));
    desk.later(30_000).reconnect();
    expect(desk.cycle).toMatchObject({ phase: 'open', protection: { state: 'protected' } });
    expect(desk.sent).toEqual([]);
  });
});

describe('R4: a position that differs', () => {
  it('as it was before a fill of ours is old news: it is asked again and nothing is repaired', () => {
    const desk = openDesk().signal().cutWire();
    desk.wired = true;
    desk.broker.losesReports = true;
    desk.when(connected());
    const { requestId } = desk.state.reconciliation;
    const before = desk.broker.report(requestId);
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5)));
    desk.broker.losesReports = false;
    desk.when({ type: 'BrokerReported', report: before });
    expect(desk.of('ReconcileMismatch')).toEqual([]);
    expect(desk.state.reconciliation).toMatchObject({ phase: 'mismatch', disputed: ['ES'] });
    desk.later(2_000);
    expect(desk.state.reconciliation.phase).toBe('clean');
    expect(desk.cycle.protection.state).toBe('protected');
    expect(desk.state.modes['*']?.mode).toBe('Active');
  });

  it('twice is real: an orphan is adopted, stopped at once, and entries stop', () => {
    const desk = openDesk().cutWire();
    desk.broker.tradeByHand('ES', -2);
    desk.reconnect();
    expect(desk.of('ReconcileMismatch').map((fact) => fact.round)).toEqual([1, 2]);
    expect(desk.of('CycleAdopted')).toMatchObject([{ symbol: 'ES', quantity: -2 }]);
    expect(desk.cycle).toMatchObject({ origin: 'adopted', side: 'SELL', phase: 'open' });
    expect(desk.sent).toMatchObject([
      { type: 'PlaceOrder', order: { role: 'emergency', side: 'BUY', quantity: 2 } },
    ]);
    expect(desk.cycle.protection.state).toBe('emergency');
    expect(desk.state.modes['*']).toMatchObject({ mode: 'Reducing', by: 'engine' });
    expect(desk.commands).toContainEqual(
      expect.objectContaining({
        type: 'SendAlert',
        severity: 'critical',
        text: 'Book and broker disagree: ES ours 0, broker -2',
      }),
    );
  });

  it('because it was closed by hand is closed in our book, and no order is sent for the phantom (F05)', () => {
    const desk = holdingDesk().later(13_000).cutWire();
    desk.broker.tradeByHand('ES', -1);
    desk.broker.drop(desk.ref('target'));
    desk.broker.drop(desk.ref('stop'));
    desk.reconnect();
    expect(desk.sent).toEqual([]);
    expect(desk.of('PositionAdjusted')).toMatchObject([{ quantity: -1 }]);
    desk.later(2_500);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'closed elsewhere' });
    expect(desk.state.positions.ES?.quantity).toBe(0);
    expect(desk.sent).toEqual([]);
  });

  it('R10: because it was closed by hand, with its bracket still working, has the bracket cancelled', () => {
    const desk = holdingDesk().later(13_000).cutWire();
    desk.broker.tradeByHand('ES', -1);
    desk.reconnect().later(1_000);
    expect(desk.broker.working()).toEqual([]);
  });

  it('because it was turned by hand closes one cycle and adopts the other', () => {
    const desk = holdingDesk().later(13_000).cutWire();
    const owner = desk.cycle;
    desk.broker.tradeByHand('ES', -2);
    desk.reconnect();
    expect(desk.state.cycles[owner.cycleId]).toMatchObject({ exitQuantity: 1 });
    expect(desk.cycle).toMatchObject({ origin: 'adopted', side: 'SELL', protection: { state: 'emergency' } });
    expect(desk.state.positions.ES?.quantity).toBe(-1);
  });

  it('over several cycles of one instrument is repaired in all of them', () => {
    const desk = openDesk().cutWire();
    desk.broker.tradeByHand('ES', 1);
    desk.reconnect().cutWire();
    desk.broker.tradeByHand('ES', 1);
    desk.reconnect().cutWire();
    expect(desk.openCycles()).toHaveLength(2);
    desk.broker.tradeByHand('ES', -2);
    desk.reconnect().later(2_500);
    expect(desk.openCycles()).toEqual([]);
    expect(desk.state.positions.ES?.quantity).toBe(0);
    expect(desk.state.reconciliation.phase).toBe('clean');
  });

  it('R7: whose executions the broker forgot over midnight is repaired after five reports, not waited for for ever', () => {
    const desk = holdingDesk().later(13_000).cutWire();
    desk.broker.fill(desk.ref('target'), ticks(6898));
    desk.broker.tradeByHand('ES', -1);
    desk.broker.ledger.executions.length = 0;
    desk.broker.ledger.byHand.set('ES', 0);
    desk.reconnect();
    expect(desk.state.reconciliation).toMatchObject({ phase: 'mismatch', disputed: ['ES'] });
    desk.later(8_000);
    expect(desk.state.reconciliation.phase).toBe('clean');
    expect(desk.state.positions.ES?.quantity).toBe(0);
    expect(desk.sent).toEqual([]);
  });

  it('R18: a trade that was opened and closed while nobody looked, and whose executions never come, ends with that reason', () => {
    const desk = openDesk().signal({ quantity: 2 }).cutWire();
    desk.broker.fill(desk.ref('entry'), ticks(6890.5));
    desk.broker.fill(desk.ref('target'), ticks(6898));
    desk.broker.ledger.executions.length = 0;
    desk.reconnect().later(20_000);
    expect(desk.openCycles()).toEqual([]);
    expect(desk.cycle).toMatchObject({ phase: 'cancelled', outcome: 'closed elsewhere', entryQuantity: 0 });
    expect(desk.sent).toEqual([]);
  });

  it('by what an entry had left that vanished from the reports belongs to the cycle of that entry (seeds 20003, 600536)', () => {
    const desk = openDesk().signal({ quantity: 2 }).later(1_000).cutWire();
    const entry = desk.ref('entry');
    desk.broker.fill(entry, ticks(6890.5));
    desk.broker.tradeByHand('ES', 2);
    desk.broker.ledger.executions.length = 0;
    desk.broker.orders.delete(entry);
    desk.reconnect().later(2_500);
    expect(desk.openCycles()).toHaveLength(1);
    expect(desk.cycle).toMatchObject({ phase: 'open', entryQuantity: 2, orphan: null });
    expect(desk.cycle.protection).toMatchObject({ state: 'protected', ref: desk.ref('stop') });
    expect(desk.sent.filter(({ type }) => type === 'PlaceOrder')).toEqual([]);
  });

  it('by what the broker called filled, and whose executions never come, belongs to the cycle of that entry', () => {
    const desk = openDesk().signal({ quantity: 2 }).cutWire();
    desk.broker.fill(desk.ref('entry'), ticks(6890.5));
    desk.broker.tradeByHand('ES', 2);
    desk.broker.ledger.executions.length = 0;
    desk.reconnect().later(10_000);
    expect(desk.openCycles()).toHaveLength(1);
    expect(desk.cycle).toMatchObject({ phase: 'open', entryQuantity: 2, orphan: null });
    expect(desk.cycle.protection).toMatchObject({ state: 'protected', ref: desk.ref('stop') });
    expect(desk.sent).toEqual([]);
  });
});

describe('orders', () => {
  it('R20: that ended at the broker and are not in the journal (an older database) keep their references: none is given twice', () => {
    const desk = holdingDesk();
    const older = desk.state;
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'api-cancelled' } : null);
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    expect([...desk.broker.orders.keys()].filter((ref) => ref.includes(':exit'))).toHaveLength(1);
    desk.state = older;
    desk.broker.mishap = () => null;
    desk.cutWire().reconnect();
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' }, 'again');
    desk.later(2_000);
    expect(desk.ref('exit', 2)).toBe(`${desk.cycle.cycleId}:exit-2`);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('R6: of ours that the broker does not know end', () => {
    const desk = openDesk().signal().cutWire();
    desk.broker.orders.clear();
    desk.ts += 1;
    desk.reconnect();
    expect(desk.order('entry').phase).toBe('Unknown');
    desk.later(12_000);
    expect(desk.of('OrderNeverSent')).toHaveLength(3);
    expect(desk.cycle.phase).toBe('cancelled');
  });

  it('R12: of somebody else are seen once and left alone; the view knows how many there are now', () => {
    const desk = openDesk();
    desk.broker.foreign = [brokerOrder('', { permId: 77, clientId: 0 })];
    desk.cutWire().reconnect();
    expect(desk.of('ForeignOrderSeen')).toMatchObject([
      { permId: 77, text: 'BUY 1 ES LMT Submitted, client 0' },
    ]);
    expect(desk.sent).toEqual([]);
    expect(desk.cutWire().reconnect().of('ForeignOrderSeen')).toEqual([]);
    desk.broker.foreign = [];
    expect(desk.cutWire().reconnect().state.reconciliation.foreignOrders).toEqual([]);
  });

  it('R5: that ended are not brought back by a report that is older (I8)', () => {
    const desk = holdingDesk();
    desk.broker.losesReports = true;
    desk.cutWire().reconnect();
    const { requestId } = desk.state.reconciliation;
    const before = desk.broker.report(requestId);
    desk.broker.losesReports = false;
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
    desk.when({ type: 'BrokerReported', report: before });
    expect(desk.order('target').phase).toBe('Filled');
    expect(desk.order('stop').phase).toBe('Cancelled');
    expect(desk.state.positions.ES?.quantity).toBe(0);
  });
});

describe('the wire', () => {
  it('that is lost raises an alert once, and each reason is told once however often it is tried again', () => {
    const desk = openDesk().cutWire();
    expect(desk.of('BrokerLinkChanged')).toMatchObject([{ phase: 'disconnected' }]);
    expect(desk.commands).toMatchObject([{ type: 'SendAlert', severity: 'warning' }]);
    const lostSince = desk.state.link.sinceHostMs;
    desk.when(disconnected('refused'));
    expect(desk.of('BrokerLinkChanged')).toMatchObject([{ phase: 'disconnected', detail: 'refused' }]);
    expect(desk.commands).toEqual([]);
    desk.when(
      { type: 'BrokerConnecting', attempt: 1, why: 'refused' },
      disconnected('refused'),
      { type: 'BrokerConnecting', attempt: 2, why: 'refused' },
      disconnected('refused'),
    );
    expect(desk.facts).toEqual([]);
    expect(desk.state.link).toMatchObject({ phase: 'disconnected', sinceHostMs: lostSince });
  });

  it('that is down lets no entry out', () => {
    const desk = openDesk().cutWire();
    desk.when(signal());
    expect(desk.of('EntryDenied')[0]?.reasons).toEqual(['DISCONNECTED', 'NOT_RECONCILED']);
    expect(desk.when(TICK).commands).toEqual([]);
  });
});

describe('a cancel that an earlier connection took along', () => {
  it('is sent again at the first report of the next one, however young it is (seed 320319450)', () => {
    const desk = openDesk().signal();
    desk.broker.losesCancels = true;
    desk.operator({ kind: 'CancelEntries', scope: '*', reason: 'calm' });
    desk.broker.losesCancels = false;
    desk.cutWire().later(250).reconnect();
    expect(desk.sent).toMatchObject([{ type: 'CancelOrder', ref: desk.ref('entry') }]);
    expect(desk.broker.working()).toEqual([]);
  });
});
