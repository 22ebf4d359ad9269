/** A checker that cannot fail is a defect: each is shown what it must never see, and once something that is as it must be. */
import { describe, expect, it } from 'vitest';
import type { Alert, Command, PlaceBracket } from '../../engine/model/command';
import type { Fact } from '../../engine/model/fact';
import type { CycleId, OrderRef, ProposalId } from '../../engine/model/ids';
import type { Order, OrderSpec } from '../../engine/model/order';
import { type EngineState, INITIAL_STATE } from '../../engine/model/state';
import { commanded, executed, quote, status } from '../../engine/testing/events';
import { alertsAreTold } from './alerts';
import { comesToRest } from './at-rest';
import { clicksAreDurable, sleepersAsk } from './awake';
import { bracketsAreWhole } from './brackets';
import { positionsAreExecutions } from './by-executions';
import { closersAreBounded } from './closers';
import { positionsAreCovered } from './covered';
import { divergenceEnds } from './divergence';
import { endsAreFinal } from './ends';
import { EngineTime } from './engine-time';
import { exitReduces } from './exit-reduces';
import { flattensSayWhy } from './flatten-due';
import { gatesStandOpen } from './gate';
import { haltsHold } from './halted';
import { identitiesAreUnique } from './identity';
import { journalIsTheTruth } from './journal';
import { modesOnlyTighten } from './modes';
import { moneyAddsUp } from './money';
import { closersAreOfOneGroup } from './one-group';
import { protectionStays } from './protection-stays';
import { everythingHasACause } from './provenance';
import { noStorms } from './rates';
import { oneWorkerWrites } from './single-writer';
import { Stand, timed } from './testing/stand';
import { doubtsAreAsked } from './unanswered';

const CYCLE = 'c-1-a' as CycleId;
const ref = (role: string) => `${CYCLE}:${role}` as OrderRef;
const TICK = { type: 'ClockTicked' } as const;

const ENTRY: OrderSpec = {
  ref: ref('entry'),
  cycleId: CYCLE,
  role: 'entry',
  symbol: 'ES',
  side: 'BUY',
  quantity: 1,
  type: 'LMT',
  limitTicks: 27_400,
  triggerTicks: null,
  tif: 'DAY',
  ocaGroup: null,
  parentRef: null,
  reduceOnly: false,
};
const CHILD = { ...ENTRY, side: 'SELL', parentRef: ENTRY.ref, reduceOnly: true, tif: 'GTC' } as const;
const BRACKET: PlaceBracket = {
  type: 'PlaceBracket',
  entry: ENTRY,
  target: { ...CHILD, ref: ref('target'), role: 'target', limitTicks: 27_420 },
  stop: { ...CHILD, ref: ref('stop'), role: 'stop', type: 'STP', limitTicks: null, triggerTicks: 27_380 },
};
const EXIT: Command = { type: 'PlaceOrder', order: { ...CHILD, ref: ref('exit'), role: 'exit', tif: 'DAY' } };
const CRITICAL: Alert = { type: 'SendAlert', severity: 'critical', text: 'Look at ES.' };

function withOrder(state: EngineState, role: string, change: Partial<Order>): EngineState {
  const [key, order] = Object.entries(state.orders).find(([, { spec }]) => spec.role === role) ?? [];
  if (!key || !order) throw new Error(`No ${role}.`);
  return { ...state, orders: { ...state.orders, [key]: { ...order, ...change } } };
}

describe('at the exchange', () => {
  it('I1 sees an exit that opens, and excuses the trade by hand that nobody can know of yet', () => {
    const opened = new Stand(exitReduces()).fills(ref('exit'), 'SLD').looks();
    expect(opened.violations).toEqual([
      expect.stringContaining('I1: c-1-a:exit SLD 1 moved ES from 0 to -1'),
    ]);
    const crossed = new Stand(exitReduces())
      .fills(ref('entry'), 'BOT')
      .fills('', 'SLD')
      .fills(ref('exit'), 'SLD')
      .looks();
    expect(crossed.violations).toEqual([]);
    expect(crossed.counts.get('excused:I1:untold')).toBe(1);
    const known = new Stand(exitReduces()).fills(ref('entry'), 'BOT').fills('', 'SLD').later(50_000);
    expect(known.fills(ref('exit'), 'SLD').looks().violations).toHaveLength(1);
  });

  it('I1 excuses a full-size child only while its parent is in part, and where children are such', () => {
    const stand = new Stand(exitReduces());
    stand.plan.setting.childActivation = 'fullSize';
    const parent = stand.order(ref('entry'), { totalQuantity: 3, filled: 1, action: 'BUY' });
    const child = stand.order(ref('stop'), { totalQuantity: 3, parentPermId: parent.permId });
    stand.fills(ref('entry'), 'BOT', 1, { permId: parent.permId });
    stand.fills(ref('stop'), 'SLD', 3, { permId: child.permId }).looks();
    expect(stand.violations).toEqual([]);
    const scaled = new Stand(exitReduces());
    scaled.fills(ref('entry'), 'BOT').fills(ref('stop'), 'SLD', 3).looks();
    expect(scaled.violations).toHaveLength(1);
  });

  it('I2 sees two unlinked closers, and counts a group once', () => {
    const linked = new Stand(closersAreBounded(new EngineTime())).fills(ref('entry'), 'BOT');
    linked.order(ref('stop'), { ocaGroup: 'g' });
    linked.order(ref('exit'), { ocaGroup: 'g', orderType: 'MKT' });
    expect(linked.looks().violations).toEqual([]);
    linked.order(ref('emergency'), { ocaGroup: 'h' });
    expect(linked.looks().violations).toEqual([
      expect.stringContaining('I2: 2 ES could be closed by SELL, 1 are there'),
    ]);
  });

  it('I2 excuses a closer whose cancel was lost two seconds ago, and not one whose cancel is under way', () => {
    const stand = new Stand(closersAreBounded(new EngineTime())).fills(ref('entry'), 'BOT');
    const target = stand.order(ref('target'), { ocaGroup: 'g' });
    stand.gateway.lostCancels.set(target.permId, stand.schedule.now);
    stand.later(2_000).order(ref('emergency'), { ocaGroup: 'h' });
    expect(stand.looks().violations).toEqual([]);
    expect([...stand.counts.keys()]).toEqual(['excused:I2:cancelLost']);

    stand.gateway.lostCancels.set(target.permId, stand.schedule.now);
    stand.order(ref('entry-2'));
    expect(stand.looks().violations).toEqual([expect.stringContaining('I2: 2 ES')]);
  });

  it('I2 sees closers of one cycle in two groups for more than three seconds, unless nobody here can cancel one', () => {
    const split = new Stand(timed(closersAreOfOneGroup)).holds();
    const stop = Object.values(split.state.orders).find(({ spec }) => spec.role === 'stop');
    const stopRef = stop?.spec.ref ?? '';
    split.order(stopRef, { ocaGroup: 'g' });
    split.order(stopRef.replace('stop', 'emergency'), { ocaGroup: 'h' });
    expect(split.later(3_000).violations).toEqual([]);
    expect(split.later(500).violations[0]).toMatch(
      /^I2: .*:stop and .*:emergency are closers without a link/,
    );
    const stranger = new Stand(timed(closersAreOfOneGroup)).holds();
    stranger.state = withOrder(stranger.state, 'stop', { outOfReach: true });
    stranger.order(stopRef, { ocaGroup: 'g' });
    stranger.order(stopRef.replace('stop', 'emergency'), { ocaGroup: 'h' });
    expect(stranger.later(60_000).violations).toEqual([]);
  });

  it('I1 excuses what a full-size child has just closed too much, and no more than that (seed 1488641434)', () => {
    const crossed = (emergency: number) => {
      const stand = new Stand(exitReduces());
      stand.plan.setting.childActivation = 'fullSize';
      stand.fills('', 'BOT', 4);
      const parent = stand.order(ref('entry'), { totalQuantity: 3, filled: 2, action: 'BUY' });
      const child = stand.order(ref('stop'), { totalQuantity: 3, parentPermId: parent.permId });
      stand.fills(ref('entry'), 'BOT', 2, { permId: parent.permId });
      stand.fills(ref('stop'), 'SLD', 3, { permId: child.permId });
      return stand.later(1_000).fills('c-2-b:emergency', 'SLD', emergency).looks().violations;
    };
    expect(crossed(4)).toEqual([]);
    expect(crossed(5)).toHaveLength(1);
  });

  it('I5 sees an entry that fills without a stop that was ever sent', () => {
    const stand = new Stand(bracketsAreWhole())
      .requests({ orderRef: ref('entry') })
      .fills(ref('entry'), 'BOT')
      .looks();
    expect(stand.violations).toEqual([expect.stringContaining('I5')]);
  });

  it('I7 sees two orders of one reference, and an order id given twice', () => {
    const stand = new Stand(identitiesAreUnique());
    stand.order(ref('exit'));
    stand.order(ref('exit'));
    expect(stand.looks().violations).toEqual([expect.stringContaining('is two orders at the exchange')]);
    const unknown = new Stand(identitiesAreUnique());
    unknown.answers.leftOut.set(unknown.order(ref('exit')).permId, unknown.schedule.now);
    unknown.count('restored');
    unknown.looks().order(ref('exit'));
    expect(unknown.looks().violations).toEqual([]);
    expect(unknown.counts.get('excused:I7:leftOut')).toBe(1);
    const ids = new Stand(identitiesAreUnique())
      .requests({ orderRef: ref('stop') })
      .requests({ orderRef: ref('exit') });
    expect(ids.looks().violations).toEqual([expect.stringContaining('Order id 1 of client 7')]);
  });

  it('I5 sees an entry that is transmitted before its stop', () => {
    const stand = new Stand(bracketsAreWhole()).requests({ orderRef: ref('entry'), transmit: true }).looks();
    expect(stand.violations).toEqual(['I5: c-1-a:entry is transmitted before its stop.']);
  });

  it('I7 sees an order of the book that becomes another one', () => {
    const stand = new Stand(identitiesAreUnique()).holds().steps(TICK);
    const [key, stop] = Object.entries(stand.state.orders).find(([, { spec }]) => spec.role === 'stop') ?? [];
    if (!key || !stop) throw new Error('No stop.');
    stand.state = withOrder(stand.state, 'stop', { spec: { ...stop.spec, side: 'BUY' } });
    expect(stand.steps(TICK).violations).toEqual([`I7: ${key} has become another order.`]);
  });

  it('I7 excuses an id that an older database forgot and that was refused, though its reference came again', () => {
    const forgotten = new Stand(identitiesAreUnique());
    forgotten.counts.set('restored', 1);
    forgotten.order(ref('emergency'), { orderId: 9 });
    forgotten.requests({ orderRef: ref('emergency') }).requests({ orderRef: ref('exit') });
    expect(forgotten.looks().violations).toEqual([]);
  });

  it('I7 sees a permId that two orders of the book share, and one that changes', () => {
    const stand = new Stand(identitiesAreUnique()).holds().steps(TICK);
    stand.state = withOrder(stand.state, 'stop', { permId: 77 });
    stand.state = withOrder(stand.state, 'target', { permId: 77 });
    expect(stand.steps(TICK).violations).toEqual(
      expect.arrayContaining([
        expect.stringContaining('are both permId 77'),
        expect.stringContaining('and is 77'),
      ]),
    );
  });
});

describe('in the book', () => {
  it('I3 sees a cancelled stop, and lets it go where an exit is wanted', () => {
    const stand = new Stand(protectionStays()).holds().fills(ref('entry'), 'BOT');
    const stop = Object.values(stand.state.orders).find((order) => order.spec.role === 'stop');
    const cancel: Command = { type: 'CancelOrder', ref: stop?.spec.ref as OrderRef };
    expect(stand.command(cancel).violations).toEqual([expect.stringContaining('I3: CancelOrder')]);
    const leaving = new Stand(protectionStays()).holds();
    const exit = { reason: 'signal', by: 'x', why: 'x', requestedHostMs: 0, attempts: 0 } as const;
    const cycles = Object.entries(leaving.state.cycles).map(([id, cycle]) => [id, { ...cycle, exit }]);
    leaving.state = { ...leaving.state, cycles: Object.fromEntries(cycles) };
    expect(leaving.command(cancel).violations).toEqual([]);
  });

  it('I4, I5 and I10 see an entry alone, a stop for too few, a stop on the wrong side, and half a tick', () => {
    const judged = (command: Command) => new Stand(bracketsAreWhole()).command(command).violations.join();
    expect(judged(BRACKET)).toBe('');
    expect(judged({ type: 'PlaceOrder', order: ENTRY })).toContain('I5');
    expect(judged({ ...BRACKET, stop: { ...BRACKET.stop, triggerTicks: null } })).toContain('I4');
    const two = { ...BRACKET, entry: { ...ENTRY, quantity: 2 }, target: { ...BRACKET.target, quantity: 2 } };
    expect(judged(two)).toContain('I4');
    expect(judged({ ...BRACKET, stop: { ...BRACKET.stop, triggerTicks: 27_410 } })).toContain('I10');
    expect(judged({ ...BRACKET, target: { ...BRACKET.target, limitTicks: 27_420.5 } })).toContain('I10');
  });

  it('I6 sees a position that no execution explains, and one that counted an execution twice', () => {
    const stand = new Stand(positionsAreExecutions()).steps(executed({ execId: 'a.b.01.01', quantity: 1 }));
    stand.state = {
      ...INITIAL_STATE,
      positions: { ES: { symbol: 'ES', quantity: 2, lots: [], realizedTicks: 0 } },
    };
    expect(stand.steps(TICK).violations).toEqual(['I6: ES: the book says 2, its executions 1.']);
  });

  it('I6 sees an adjustment that nobody is told of', () => {
    const adjusted = {
      type: 'OrderFilled',
      symbol: 'ES',
      side: 'BUY',
      quantity: 1,
      execId: 'adjustment-1',
    } as Fact;
    const stand = new Stand(positionsAreExecutions()).steps(TICK, { facts: [adjusted] });
    expect(stand.violations).toEqual(expect.arrayContaining([expect.stringContaining('nobody is told')]));
  });

  it('I8 sees an end that is taken back, and one that the exchange does not know of', () => {
    const stand = new Stand(endsAreFinal()).holds();
    stand.state = withOrder(stand.state, 'stop', { phase: 'Cancelled' });
    stand.steps(TICK);
    stand.state = withOrder(stand.state, 'stop', { phase: 'Working' });
    expect(stand.steps(TICK).violations).toEqual([expect.stringContaining('was Cancelled and is Working')]);
    const early = new Stand(endsAreFinal()).holds();
    early.steps(TICK);
    const stop = Object.values(early.state.orders).find(({ spec }) => spec.role === 'stop');
    early.order(stop?.spec.ref ?? '', { permId: stop?.permId ?? 0 });
    early.state = withOrder(early.state, 'stop', { phase: 'Cancelled' });
    expect(early.steps(TICK).violations).toEqual([expect.stringContaining('PreSubmitted at the exchange')]);
  });

  it('I16 sees a result that its fills did not pay', () => {
    const stand = new Stand(moneyAddsUp()).holds();
    const [id, cycle] = Object.entries(stand.state.cycles)[0] ?? [];
    if (!id || !cycle) throw new Error('No cycle.');
    stand.state = { ...stand.state, cycles: { [id]: { ...cycle, phase: 'closed', realizedMicros: 7 } } };
    expect(stand.rests().violations).toEqual(expect.arrayContaining([expect.stringContaining('I16')]));
  });

  it('I16 counts a correction for each cycle and part of its execution, and once', () => {
    const stand = new Stand(moneyAddsUp()).holds();
    const [id, cycle] = Object.entries(stand.state.cycles)[0] ?? [];
    if (!id || !cycle) throw new Error('No cycle.');
    const of = { cycleId: cycle.cycleId, symbol: 'ES' };
    const part = { ...of, type: 'OrderFilled', ref: ref('exit'), execId: 'x.1.01', quantity: 1 } as const;
    const turned: readonly Fact[] = [
      { ...part, role: 'exit', side: 'SELL', priceTicks: 10, positionAfter: 0 },
      { ...part, role: 'entry', side: 'SELL', priceTicks: 10, positionAfter: -1 },
    ];
    const corrected = { ...of, type: 'ExecutionCorrected', execId: 'x.1.02', corrects: 'x.1.01' } as const;
    const parts: Fact[] = [1, 2].map(() => ({
      ...corrected,
      quantity: -1,
      priceTicks: 12,
      positionAfter: -1,
    }));
    stand.steps(TICK, { facts: turned }).steps(TICK, { facts: parts });
    const realizedMicros = 2 * 12 * 12_500_000;
    stand.state = { ...stand.state, cycles: { [id]: { ...cycle, phase: 'closed', realizedMicros } } };
    expect(stand.rests().violations.filter((text) => text.includes('its fills paid'))).toEqual([]);
  });

  it('I19 sees a mode that loosens by itself, and lets a person resume', () => {
    const halted = { mode: 'Halted', since: 0, by: 'ana', why: '' } as const;
    const active = { ...halted, mode: 'Active' } as const;
    const loosened = (stand: Stand) => {
      stand.state = { ...INITIAL_STATE, modes: { '*': halted } };
      stand.steps(TICK);
      stand.state = { ...INITIAL_STATE, modes: { '*': active } };
      return stand;
    };
    expect(loosened(new Stand(modesOnlyTighten())).steps(TICK).violations).toEqual([
      expect.stringContaining('I19'),
    ]);
    const resume = commanded({ kind: 'Resume', scope: '*', reason: 'calm' });
    const facts: Fact[] = [{ type: 'CommandAccepted', command: resume.command }];
    expect(loosened(new Stand(modesOnlyTighten())).steps(resume, { facts }).violations).toEqual([]);
  });

  it('I19 sees a halt that a restart has forgotten', () => {
    const forgetful = (mode: 'Halted' | 'Active') => {
      const stand = new Stand(modesOnlyTighten()).steps(commanded({ kind: 'Halt', scope: '*', reason: 'x' }));
      stand.state = { ...INITIAL_STATE, modes: { '*': { mode, since: 0, by: 'ana', why: '' } } };
      return stand.steps({ type: 'WorkerStarted', version: 'sim', replayedEntries: 1 }).violations;
    };
    expect(forgetful('Halted')).toEqual([]);
    expect(forgetful('Active')).toEqual(['I19: * was Halted by the journal, and Active after the start.']);
  });

  it('I19 sees a flatten that ends by itself', () => {
    const stand = new Stand(modesOnlyTighten());
    const flatten = { scope: '*', phase: 'working' } as EngineState['flatten'];
    stand.state = { ...INITIAL_STATE, flatten };
    stand.steps(TICK);
    stand.state = { ...INITIAL_STATE, flatten: null };
    expect(stand.steps(TICK).violations).toEqual([expect.stringContaining('A flatten has ended')]);
  });
});

describe('at the gate', () => {
  it('I11, I13 and I15 see an entry before anything stands open', () => {
    const stand = new Stand(gatesStandOpen());
    stand.schedule.now = Date.UTC(2025, 11, 13, 12);
    stand.steps(TICK, { commands: [BRACKET] });
    const why = stand.violations.map((text) => text.split(' and ')[1]);
    expect(why).toEqual([
      'it is not connected.',
      'it is not reconciled.',
      'nobody said GO.',
      'there is no price.',
      'the price is old.',
      'the market is closed.',
    ]);
  });

  it('I11 sees a WAIT that nobody lifted, and a GO that came too late', () => {
    const proposalId = `${CYCLE}:proposal` as ProposalId;
    const asked: Fact = { type: 'AdvisorAsked', cycleId: CYCLE, symbol: 'ES', proposalId, plan: {} as never };
    const said = (verdict: 'GO' | 'WAIT', afterMs: number) => {
      const stand = new Stand(gatesStandOpen()).steps(TICK, { facts: [asked] });
      stand.schedule.now += afterMs;
      const answer = { verdict, confidence: 0.5 } as never;
      stand.steps({ type: 'AdvisorAnswered', proposalId, answer }, { commands: [BRACKET] });
      return stand.violations.some((text) => text.includes('nobody said GO'));
    };
    expect([said('GO', 1_000), said('WAIT', 1_000), said('GO', 60_000)]).toEqual([false, true, true]);
  });

  it('I11 sees a GO that is old by now, and what would be too large beside what is held', () => {
    const proposalId = `${CYCLE}:proposal` as ProposalId;
    const asked: Fact = { type: 'AdvisorAsked', cycleId: CYCLE, symbol: 'ES', proposalId, plan: {} as never };
    const filled = { type: 'OrderFilled', symbol: 'ES', positionAfter: 4 } as Fact;
    const stand = new Stand(gatesStandOpen()).steps(TICK, { facts: [asked, filled] });
    const answer = { verdict: 'GO', confidence: 0.5 } as never;
    stand.steps({ type: 'AdvisorAnswered', proposalId, answer }).later(6_000);
    const why = stand.steps(TICK, { commands: [BRACKET] }).violations.map((text) => text.split(' and ')[1]);
    expect(why).toEqual(expect.arrayContaining(['that was long ago.', 'it is too large.']));
  });

  it('I13 sees nonsense that was believed, and I15 an exit to a closed market', () => {
    const stand = new Stand(gatesStandOpen());
    const { quote: told } = quote('ES', 6_850);
    stand.journal.push({
      ...entryOf(1),
      quotes: [{ ...told, lastTicks: -1, ts: 0, hostMs: 0, changedHostMs: 0 }],
    });
    expect(stand.steps(TICK).violations).toEqual([expect.stringContaining('I13')]);
    const closed = new Stand(gatesStandOpen());
    closed.schedule.now = Date.UTC(2025, 11, 13, 12);
    expect(closed.steps(TICK, { commands: [EXIT] }).violations).toEqual([expect.stringContaining('I15')]);
  });

  it('I20 sees an entry that is sent after the halt was journaled, and one that goes on working', () => {
    const halt = commanded({ kind: 'Halt', scope: '*', reason: 'news' });
    const sent = new Stand(timed(haltsHold)).steps(halt).steps(TICK, { commands: [BRACKET] });
    expect(sent.violations).toEqual([expect.stringContaining('is sent while ES is halted')]);
    const resting = new Stand(timed(haltsHold)).holds();
    resting.order(ref('entry'), { action: 'BUY', orderType: 'LMT' });
    expect(resting.steps(halt).later(6_000).violations[0]).toContain('I20: c-1-a:entry still works');
  });

  it('I12 sees a storm of exits, and an entry after three refusals', () => {
    const stand = new Stand(noStorms());
    for (let n = 0; n < 7; n++) stand.command(EXIT).later(5_000);
    expect(stand.violations).toEqual([expect.stringContaining('I12: c-1-a:exit is exit 7 in a minute')]);
    const slow = new Stand(noStorms());
    for (let n = 0; n < 7; n++) slow.command(EXIT).later(10_000);
    expect(slow.violations).toEqual([]);
    const refused = { type: 'OrderRejected', role: 'entry', ref: ref('entry') } as Fact;
    const again = new Stand(noStorms()).steps(TICK, { facts: [refused, refused, refused] });
    expect(again.steps(TICK, { commands: [BRACKET] }).violations).toEqual([expect.stringContaining('I12')]);
  });

  it('I18 sees a worker that writes without the lease', () => {
    const stand = new Stand(oneWorkerWrites());
    expect(stand.wrote().violations).toEqual([]);
    expect(stand.wrote({}).violations).toEqual([expect.stringContaining('I18')]);
  });
});

describe('in the journal', () => {
  it('I14 and L8 see what leaves before it is written, and a fill that is no execution', () => {
    const stand = new Stand(everythingHasACause()).command(EXIT, CRITICAL);
    expect(stand.violations.map((text) => text.slice(0, 3))).toEqual(['I14', 'L8:']);
    const filled = { type: 'OrderFilled', ref: ref('exit'), execId: 'no.such.01.01' } as Fact;
    expect(new Stand(everythingHasACause()).steps(TICK, { facts: [filled] }).violations).toEqual([
      expect.stringContaining('which is no execution'),
    ]);
  });

  it('I14 sees an order of a cycle that nothing opened', () => {
    const opened = { type: 'CycleOpened', cycleId: CYCLE } as Fact;
    const placed = (facts: readonly Fact[]) =>
      new Stand(everythingHasACause()).steps(TICK, { facts, commands: [EXIT] }).violations;
    expect(placed([opened])).toEqual([]);
    expect(placed([])).toEqual(['I14: c-1-a:exit leaves, and nothing opened its cycle.']);
  });

  it('L2 sees FLAT that is said of a position', () => {
    const flat: Fact = { type: 'FlattenEnded', scope: '*', flat: true, detail: '' };
    const stand = new Stand(everythingHasACause()).fills(ref('entry'), 'BOT').steps(TICK, { facts: [flat] });
    expect(stand.violations).toEqual(['L2: FLAT is told, and ES is held.']);
  });

  it('I17 sees a gap in the numbers, and a state that the journal does not give', () => {
    const gap = new Stand(journalIsTheTruth());
    gap.journal.push(entryOf(1), entryOf(3));
    expect(gap.rests().violations).toEqual([
      expect.stringContaining('Entry 2 of the journal has the number 3'),
    ]);
    const other = new Stand(journalIsTheTruth()).holds().steps(TICK);
    expect(other.rests().violations[0]).toContain('I17: Replaying the journal gives other');
  });

  it('L8 sees a critical alert that nobody hears, and one that is told before it is written', () => {
    const twice = new Stand(alertsAreTold());
    twice.journal.push(entryOf(1, [CRITICAL]), entryOf(2, [CRITICAL]));
    expect(twice.tells(CRITICAL).rests().violations).toEqual([
      'L8: On disk, and nobody was told: Look at ES.',
    ]);
    expect(new Stand(alertsAreTold()).tells(CRITICAL).violations).toEqual([
      'L8: Told before it was written: Look at ES.',
    ]);
  });

  it('L9 sees a click that was long on its way to the disk', () => {
    const halt = commanded({ kind: 'Halt', scope: '*', reason: 'news' });
    const stand = new Stand(clicksAreDurable());
    stand.clicked.set(halt.command.commandId, 0);
    expect(stand.later(1_000).steps(halt).violations).toEqual([expect.stringContaining('L9: Halt')]);
  });

  it('L9 sees what a click led to leave long after it', () => {
    const halt = commanded({ kind: 'Halt', scope: '*', reason: 'news' });
    const cancel: Command = { type: 'CancelOrder', ref: ref('entry') };
    const stand = new Stand(clicksAreDurable());
    stand.clicked.set(halt.command.commandId, 0);
    stand.journal.push({ ...entryOf(1, [cancel]), event: halt });
    expect(stand.steps(TICK).later(1_000).command(cancel).violations).toEqual([]);
    stand.clicked.set('click-2', 1_000);
    const again = { ...halt, command: { ...halt.command, commandId: 'click-2' } };
    const late: Command = { ...cancel };
    stand.journal.push({ ...entryOf(3, [late]), event: again });
    stand.steps(TICK).later(1_250).command(late);
    expect(stand.violations).toEqual(['L9: CancelOrder of Halt left after 1250 ms.']);
  });
});

describe('in time', () => {
  it('L1 sees a position without a stop after three seconds, and is content with one', () => {
    const bare = new Stand(timed(positionsAreCovered)).holds().fills(ref('entry'), 'BOT');
    bare.state = withOrder(bare.state, 'stop', { phase: 'Cancelled' });
    const cycles = Object.entries(bare.state.cycles).map(([id, cycle]) => [
      id,
      { ...cycle, protection: { state: 'unprotected', sinceHostMs: 0, told: false } },
    ]);
    bare.state = { ...bare.state, cycles: Object.fromEntries(cycles) };
    expect(bare.later(2_500).violations).toEqual([]);
    expect(bare.later(1_000).violations[0]).toContain('L1: 1 ES has no stop');
    const covered = new Stand(timed(positionsAreCovered)).holds().fills(ref('entry'), 'BOT');
    covered.order(ref('stop'));
    expect(covered.later(60_000).violations).toEqual([]);
  });

  it('L1 excuses who was told that the stop works and then nothing, once and for half a minute', () => {
    const misled = new Stand(timed(positionsAreCovered)).holds().fills(ref('entry'), 'BOT');
    expect(misled.later(3_000).counts.get('excused:L1:misled')).toBeUndefined();
    expect(misled.later(31_000).violations).toEqual([]);
    expect(misled.counts.get('excused:L1:misled')).toBe(1);
    expect(misled.later(3_000).violations[0]).toContain('L1: 1 ES has no stop');
  });

  it('L5 sees a question for the report that is not asked again', () => {
    const stand = new Stand(timed(positionsAreCovered)).holds();
    const { reconciliation } = stand.state;
    stand.state = { ...stand.state, reconciliation: { ...reconciliation, phase: 'asked' } };
    expect(stand.later(4_000).violations[0]).toContain('L5');
  });

  it('L3 sees a difference that lasts and of which nobody is told', () => {
    const stand = new Stand(timed(divergenceEnds)).holds().fills('', 'BOT', 3);
    expect(stand.later(44_000).violations).toEqual([]);
    expect(stand.later(2_000).violations[0]).toContain('L3: ES: our book says 1, the broker 3');
    const told = new Stand(timed(divergenceEnds)).holds().fills('', 'BOT', 3).later(1_000).command(CRITICAL);
    expect(told.later(60_000).violations).toEqual([]);
    const other = new Stand(timed(divergenceEnds)).holds().fills('', 'BOT', 3).later(1_000);
    expect(other.command({ ...CRITICAL, text: 'Look at MES.' }).later(60_000).violations).not.toEqual([]);
  });

  it('L2 sees a flatten that is late and says no reason, and one of which nobody is told', () => {
    const flatten = { scope: '*', phase: 'working', startedHostMs: 1, notFlat: null } as never;
    const late = new Stand(timed(flattensSayWhy)).holds().looks();
    late.state = { ...late.state, flatten };
    expect(late.later(11_250).violations).toEqual([]);
    expect(late.later(250).violations).toEqual([
      'L2: The flatten of * runs for 11250 ms, and says no reason.',
    ]);
    const untold = new Stand(timed(flattensSayWhy)).holds().looks();
    untold.state = { ...untold.state, flatten: { ...(flatten as object), notFlat: {} } as never };
    expect(untold.later(12_000).violations[0]).toContain('and nobody is told');
    const told = new Stand(timed(flattensSayWhy)).holds().looks();
    told.state = untold.state;
    expect(told.command({ ...CRITICAL, text: 'NOT FLAT (*): 1 ES.' }).later(60_000).violations).toEqual([]);
  });

  it('L4 sees an order in doubt about which nobody asks, and later that nobody is told', () => {
    const stand = new Stand(timed(doubtsAreAsked)).holds();
    stand.state = withOrder(stand.state, 'stop', { phase: 'Unknown' });
    expect(stand.later(6_000).violations[0]).toContain('L4');
    const asked = new Stand(timed(doubtsAreAsked)).holds();
    asked.state = withOrder(asked.state, 'stop', { phase: 'Unknown' });
    for (let n = 0; n < 15; n++) asked.later(2_000).command({ type: 'RequestReport', requestId: n });
    expect(asked.violations).toEqual([]);
    expect(asked.later(1_000).violations[0]).toContain('nobody is told');
  });

  it('L7 sees a worker that slept and writes before it has asked', () => {
    const stand = new Stand(sleepersAsk()).looks();
    stand.process.awake = false;
    stand.later(3_000).command(EXIT).wrote();
    expect(stand.violations).toEqual([expect.stringContaining('L7')]);
  });

  it('L2, L3 and L4 see a morning that does not come to rest', () => {
    const stand = new Stand(comesToRest()).holds().fills(ref('entry'), 'BOT').later(10_000).rests();
    expect(stand.violations).toEqual([
      'L2: Still held: 1 ES.',
      expect.stringContaining('nobody is told'),
      expect.any(String),
    ]);
    const differing = new Stand(comesToRest()).fills(ref('entry'), 'BOT').fills(ref('exit'), 'SLD');
    differing.state = {
      ...INITIAL_STATE,
      positions: { ES: { symbol: 'ES', quantity: 1, lots: [], realizedTicks: 0 } },
    };
    expect(differing.later(10_000).rests().violations[0]).toContain('L3');
    const working = new Stand(comesToRest());
    working.order(ref('stop'));
    expect(working.rests().violations[0]).toContain('L2: Still working');
  });
});

function entryOf(seq: number, commands: readonly Command[] = []) {
  return { seq, ts: 0, hostMs: 0, event: status('x', 'Submitted'), facts: [], commands, quotes: [] };
}
