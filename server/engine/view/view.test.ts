import { describe, expect, it } from 'vitest';
import { NO_EXIT_RULES } from '../model/exit-rules';
import type { Fact } from '../model/fact';
import { type CycleId, digestOf, type OrderRef, type ProposalId } from '../model/ids';
import { microsOf } from '../model/money';
import { show } from '../show';
import { type Desk, holdingDesk, openDesk, throughJson } from '../testing/desk';
import { answer, executed, signal } from '../testing/events';
import { ES, MES, ticks } from '../testing/instruments';
import { activityOf } from './activity';
import { changedSections } from './frames';
import { moneyText, priceText } from './plain';
import { bookProtection } from './positions';
import { cycleRow } from './rows';
import type { PositionView, View } from './words';

const viewOf = (desk: Desk): View =>
  show(desk.state, { seq: desk.journal.at(-1)?.seq ?? 0, ts: desk.ts, hostMs: desk.hostMs }, [], {});

describe('the view of a position', () => {
  it('has its price, its open result, its stop and its target as decimals', () => {
    const desk = holdingDesk({ quantity: 2 }).market('ES', 6892.75);
    expect(viewOf(desk).positions).toEqual([
      {
        cycleId: desk.cycle.cycleId,
        symbol: 'ES',
        localSymbol: 'ESZ5',
        quantity: 2,
        average: 6890.5,
        last: 6892.75,
        openMicros: microsOf(225),
        openTicks: 9,
        stop: 6885.5,
        target: 6898,
        protection: { state: 'protected', sinceHostMs: null, detail: 'STP 2 @ 6,885.50' },
        rules: NO_EXIT_RULES,
        exiting: null,
        origin: 'signal',
        orphan: null,
        openedTs: desk.ts,
      },
    ]);
    expect(viewOf(desk).day.openMicros).toBe(microsOf(225));
  });

  it('of a short turns the sign of the result, not of the price', () => {
    const desk = holdingDesk({ action: 'SELL', stopPrice: 6895.5, targetPrice: 6883 }).market('ES', 6892.75);
    expect(viewOf(desk).positions).toMatchObject([
      { quantity: -1, openTicks: -9, openMicros: -microsOf(112.5) },
    ]);
  });

  it('without a price has no open result', () => {
    const desk = holdingDesk().restart();
    expect(viewOf(desk).positions).toMatchObject([{ last: null, openMicros: null, openTicks: null }]);
  });

  it('says that it is being closed, and by whom', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'enough' });
    expect(viewOf(desk).positions).toMatchObject([{ exiting: 'enough (ana): market, attempt 1' }]);
  });

  it('says at which limit it is being closed, and when the venue opens again (F12)', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    desk.signal({ signalId: 'x-1', action: 'EXIT' });
    expect(viewOf(desk).positions).toMatchObject([
      { exiting: 'EXIT signal x-1. (breakout): limit 6,890.25, attempt 1' },
    ]);
    desk.ts = Date.UTC(2025, 11, 12, 22, 0, 0);
    expect(viewOf(desk).positions).toMatchObject([
      {
        exiting:
          'EXIT signal x-1. (breakout): the venue is closed; it goes out at the open, 2025-12-13 17:00 US/Central',
      },
    ]);
  });

  it('has a number even while the exit is known before the entry', () => {
    const desk = openDesk().signal();
    desk.broker.losesReports = true;
    desk.when(executed({ execId: 'c', orderRef: desk.ref('stop'), side: 'SELL', priceTicks: ticks(6885.5) }));
    expect(viewOf(desk).positions).toMatchObject([{ quantity: -1, average: 6885.5 }]);
  });
});

describe('the protection of the book', () => {
  const position = (state: PositionView['protection']['state']): PositionView => ({
    cycleId: state,
    symbol: 'ES',
    localSymbol: `ES ${state}`,
    quantity: 1,
    average: 1,
    last: 1,
    openMicros: 0,
    openTicks: 0,
    stop: null,
    target: null,
    protection: { state, sinceHostMs: 7, detail: 'detail' },
    rules: NO_EXIT_RULES,
    exiting: null,
    origin: 'signal',
    orphan: null,
    openedTs: 0,
  });

  it('is that of its worst position', () => {
    const worstFirst = ['unprotected', 'emergency', 'arming', 'protected'] as const;
    worstFirst.forEach((worst, index) => {
      const positions = worstFirst.slice(index).reverse().map(position);
      expect(bookProtection(positions).state).toBe(worst);
    });
    expect(bookProtection([position('protected'), position('unprotected')])).toEqual({
      state: 'unprotected',
      sinceHostMs: 7,
      detail: 'ES unprotected: detail',
    });
  });

  it('of a flat book says so', () => {
    expect(bookProtection([])).toEqual({ state: 'none', sinceHostMs: null, detail: 'no position' });
    expect(bookProtection([position('protected')]).detail).toBe('all protected');
  });
});

describe('the view of orders', () => {
  it('shows the whole bracket with IB’s word and ours', () => {
    const { brackets } = viewOf(holdingDesk());
    expect(brackets).toMatchObject([
      {
        phase: 'open',
        orders: [
          { role: 'entry', brokerStatus: 'Filled', plain: 'filled' },
          { role: 'target', limit: 6898, brokerStatus: 'Submitted', plain: 'working at the exchange' },
          {
            role: 'stop',
            trigger: 6885.5,
            brokerStatus: 'PreSubmitted',
            plain: 'held by IB until its trigger',
          },
        ],
      },
    ]);
    expect(viewOf(openDesk().signal()).brackets[0]?.orders[2]?.plain).toBe('waits for the entry to fill');
  });
});

describe('the view of a proposal', () => {
  it('has the exact order, its risk, and every guard as it stands now', () => {
    const desk = openDesk();
    desk.advisor = 'WAIT';
    desk.signal({ quantity: 2 });
    const before = viewOf(desk).proposals[0];
    expect(before).toMatchObject({
      localSymbol: 'ESZ5',
      side: 'BUY',
      quantity: 2,
      entry: 6890.5,
      stop: 6885.5,
      target: 6898,
      riskMicros: microsOf(500),
      rewardToRisk: 1.5,
      strategy: 'breakout',
      answer: answer('WAIT'),
      phase: 'waiting',
      driftTicks: 0,
      digest: desk.proposal()?.digest,
    });
    expect(before?.results.every((result) => result.verdict === 'pass')).toBe(true);
    desk.market('ES', 6891.5).operator({ kind: 'HaltEntries', scope: '*', reason: 'news' });
    const now = viewOf(desk).proposals[0];
    expect(now?.driftTicks).toBe(4);
    expect(now?.results.filter((result) => result.verdict === 'deny').map((result) => result.code)).toEqual([
      'ENTRIES_HALTED',
    ]);
  });
});

describe('the view of the rest', () => {
  it('says what the adapter could not do, and leaves IB’s own notices to the journal', () => {
    const said = (code: number) =>
      activityOf(
        { seq: 1, ts: 0, facts: [{ type: 'BrokerNoticed', code, text: 'contracts of ES: none' }] },
        {},
      );
    expect(said(0).map(({ text }) => text)).toEqual(['contracts of ES: none']);
    expect(said(2100)).toEqual([]);
  });

  it('names the venue, the session, the health and the loss that is left', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.fill(desk.ref('stop'), ticks(6885.5)));
    const view = viewOf(desk);
    expect(view.venue).toMatchObject({
      paper: true,
      account: 'DU1234567',
      reconciled: true,
      foreignOrders: 0,
    });
    expect(view.instruments[0]).toMatchObject({
      localSymbol: 'ESZ5',
      tickValueMicros: microsOf(12.5),
      last: 6890.5,
      sessionOpen: true,
      sessionChangesTs: Date.UTC(2025, 11, 12, 22, 0, 0),
    });
    expect(view.day).toMatchObject({ lost: 1, lossLeftMicros: microsOf(2_000 - 254.5) });
    expect(view.health.every((check) => check.ok)).toBe(true);
    expect(view.protection.state).toBe('none');
  });

  it('is plain JSON', () => {
    const view = viewOf(holdingDesk());
    expect(throughJson(view)).toEqual(view);
  });
});

describe('a frame', () => {
  it('put over the old view gives the new one, all along a trade', () => {
    const desk = openDesk();
    let shown = viewOf(desk);
    const steps = [
      () => desk.signal(),
      () => desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5))),
      () => desk.market('ES', 6893),
      () => desk.operator({ kind: 'HaltEntries', scope: 'ES', reason: 'news' }),
      () => desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898))),
      () => desk.cutWire(),
    ];
    for (const act of steps) {
      act();
      const next = viewOf(desk);
      const frame = changedSections(shown, next);
      shown = { ...shown, ...throughJson(frame) };
      expect(shown).toEqual(next);
    }
  });

  it('of the same view is empty, and holds only sections that changed', () => {
    const desk = openDesk();
    const before = viewOf(desk);
    expect(changedSections(before, viewOf(desk))).toEqual({});
    desk.operator({ kind: 'HaltEntries', scope: '*', reason: 'news' });
    expect(Object.keys(changedSections(before, viewOf(desk))).sort()).toEqual(['mode', 'seq']);
  });
});

describe('money and prices as text', () => {
  it.each([
    [412_500_000, '+$412.50'],
    [-30_000_000, '-$30.00'],
    [0, '+$0.00'],
    [1_234_567_890_000, '+$1,234,567.89'],
    [-4_999, '-$0.00'],
    [-5_000, '-$0.01'],
    [5_000, '+$0.01'],
    [999_995_000, '+$1,000.00'],
  ])('%i micro-dollars are %s', (micros, text) => {
    expect(moneyText(micros)).toBe(text);
  });

  it('prices have two decimals and groups of three', () => {
    expect([priceText(6890.5), priceText(12.25), priceText(1_234_567)]).toEqual([
      '6,890.50',
      '12.25',
      '1,234,567.00',
    ]);
  });
});

describe('a cycle as a row', () => {
  it('of a trade has averages, result and R', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
    expect(cycleRow(desk.cycle, ES)).toMatchObject({
      localSymbol: 'ESZ5',
      phase: 'closed',
      outcome: 'target',
      entryPrice: 6890.5,
      exitPrice: 6898,
      realizedMicros: microsOf(370.5),
      commissionMicros: microsOf(4.5),
      rMultiple: 1.48,
      protectedAfterMs: 0,
    });
  });

  it('of a denied entry has what was asked for, and why not', () => {
    const desk = openDesk().signal({ stopPrice: null });
    expect(cycleRow(desk.cycle, ES)).toMatchObject({
      phase: 'denied',
      entryPrice: 6890.5,
      stopPrice: null,
      exitPrice: null,
      realizedMicros: null,
      rMultiple: null,
      reasons: ['MISSING_PROTECTION'],
    });
  });
});

const of = { cycleId: 'c-a-1' as CycleId, symbol: 'ES' };
const ref = 'c-a-1:stop' as OrderRef;
const proposalId = 'c-a-1:proposal' as ProposalId;
const digest = digestOf('x');
const plan = {
  symbol: 'ES',
  side: 'BUY',
  quantity: 2,
  orderType: 'LMT',
  entryTicks: ticks(6890.5),
  stopTicks: ticks(6885.5),
  targetTicks: ticks(6898),
} as const;
const order = {
  ...of,
  ref,
  role: 'exit',
  side: 'SELL',
  quantity: 2,
  type: 'MKT',
  limitTicks: null,
  triggerTicks: null,
  tif: 'DAY',
  ocaGroup: null,
  parentRef: null,
  reduceOnly: true,
} as const;
const command = {
  commandId: 'click-0001',
  operator: 'ana',
  via: 'console',
  action: { kind: 'Halt', scope: '*', reason: 'news' },
} as const;
const go = { kind: 'go', advisor: 'rules' } as const;

/** One of each kind of fact: its line, or null when it gives none. A new kind fails to compile until it is added. */
const LINES: { [T in Fact['type']]: [Extract<Fact, { type: T }>, string | null] } = {
  CycleOpened: [{ ...of, type: 'CycleOpened', signal: signal().signal }, null],
  GuardsEvaluated: [{ ...of, type: 'GuardsEvaluated', at: 'signal', results: [] }, null],
  EntryDenied: [
    { ...of, type: 'EntryDenied', reasons: ['MISSING_PROTECTION'], detail: 'no stop' },
    'Entry denied in ESZ5. no stop',
  ],
  AdvisorAsked: [{ ...of, type: 'AdvisorAsked', proposalId, plan }, null],
  AdvisorVerdict: [{ ...of, type: 'AdvisorVerdict', proposalId, answer: answer('GO') }, null],
  AdvisorUnavailable: [
    { ...of, type: 'AdvisorUnavailable', proposalId, why: 'down' },
    'No advice on ESZ5: down',
  ],
  ProposalWaiting: [
    { ...of, type: 'ProposalWaiting', proposalId, digest, expiresHostMs: 1 },
    'WAIT on ESZ5: waiting for a person',
  ],
  WaitOverridden: [
    { ...of, type: 'WaitOverridden', code: 'AWS_WAIT_OVERRIDE', confidence: 0.8, threshold: 0.75 },
    'WAIT on ESZ5 lifted: confidence 0.8 is above 0.75',
  ],
  ProposalApproved: [
    { ...of, type: 'ProposalApproved', proposalId, digest, by: 'ana', reason: 'level' },
    'ana approved ESZ5: level',
  ],
  ProposalRejected: [
    { ...of, type: 'ProposalRejected', proposalId, by: 'ana', reason: 'late' },
    'ana rejected ESZ5: late',
  ],
  ProposalExpired: [
    { ...of, type: 'ProposalExpired', proposalId, code: 'PROPOSAL_EXPIRED', detail: 'Nobody decided.' },
    'Proposal in ESZ5 lapsed. Nobody decided.',
  ],
  EntryApproved: [{ ...of, type: 'EntryApproved', clearance: go, plan }, 'Entry approved: BUY 2 ESZ5 on GO'],
  BracketJournaled: [{ ...of, type: 'BracketJournaled', entry: order, target: order, stop: order }, null],
  OrderJournaled: [
    { ...of, type: 'OrderJournaled', order, entryRef: null, why: 'out.' },
    'Exit SELL 2 ESZ5 MKT. out.',
  ],
  OrderResized: [
    { ...of, type: 'OrderResized', ref, quantity: 1, why: 'The position is 1.' },
    'The stop in ESZ5 is to be for 1. The position is 1.',
  ],
  PositionOverprotected: [
    { ...of, type: 'PositionOverprotected', ref, quantity: 3, held: 1 },
    'OVERPROTECTED: stops for 3 on a position of 1 ESZ5',
  ],
  ExitRulesSet: [
    {
      ...of,
      type: 'ExitRulesSet',
      rules: { maxMinutes: 30, breakEvenAfterTicks: 8, trail: { afterTicks: 12, byTicks: 6 } },
      by: 'ana',
      reason: 'lunch.',
    },
    'Exit rules of ESZ5 by ana: out after 30 min, break-even after 8 ticks, trail 6 ticks after 12. lunch.',
  ],
  StopMoved: [
    { ...of, type: 'StopMoved', ref, fromTicks: 27_542, toTicks: 27_563, why: 'Break-even.' },
    'Stop of ESZ5 moved from 6,885.50 to 6,890.75. Break-even.',
  ],
  ExitStepped: [
    { ...of, type: 'ExitStepped', step: 'limit', limitTicks: 27_560, why: 'Not filled for 1 s.' },
    'Exit of ESZ5: limit moved to 6,890.00. Not filled for 1 s.',
  ],
  OrderAcknowledged: [
    { ...of, type: 'OrderAcknowledged', ref, role: 'stop', status: 'PreSubmitted', permId: 1, whyHeld: '' },
    null,
  ],
  OrderCancelRequested: [
    { ...of, type: 'OrderCancelRequested', ref, role: 'stop', why: 'The cycle is flat.' },
    'Cancel asked for: stop in ESZ5. The cycle is flat.',
  ],
  OrderCancelled: [{ ...of, type: 'OrderCancelled', ref, role: 'stop' }, null],
  OrderRejected: [
    { ...of, type: 'OrderRejected', ref, role: 'stop', code: 110, text: 'price' },
    'Broker refused the stop in ESZ5: price',
  ],
  OrderNeverSent: [
    { ...of, type: 'OrderNeverSent', ref, role: 'stop', why: 'down' },
    'stop in ESZ5 was not sent: down',
  ],
  OrderAnomaly: [{ ...of, type: 'OrderAnomaly', ref, text: 'odd' }, 'c-a-1:stop: odd'],
  OrderFilled: [
    {
      ...of,
      type: 'OrderFilled',
      ref,
      role: 'stop',
      side: 'SELL',
      execId: 'e',
      quantity: 2,
      priceTicks: ticks(6885.5),
      positionAfter: 0,
    },
    'stop filled: SELL 2 ESZ5 @ 6,885.50, position 0',
  ],
  ExecutionCorrected: [
    {
      ...of,
      type: 'ExecutionCorrected',
      execId: 'e.x.01.02',
      corrects: 'e.x.01.01',
      quantity: 1,
      priceTicks: ticks(6890.25),
      positionAfter: 1,
    },
    'Execution corrected in ESZ5: 1 @ 6,890.25, position 1',
  ],
  CommissionCharged: [{ ...of, type: 'CommissionCharged', execId: 'e', micros: 1 }, null],
  PositionArming: [{ ...of, type: 'PositionArming', quantity: 1 }, null],
  PositionProtected: [
    { ...of, type: 'PositionProtected', ref, quantity: 2, triggerTicks: ticks(6885.5), afterMs: 41 },
    'Protected 41 ms after: 2 ESZ5 with a stop @ 6,885.50',
  ],
  PositionUnprotected: [
    { ...of, type: 'PositionUnprotected', quantity: 2, why: 'No stop.' },
    'UNPROTECTED: 2 ESZ5. No stop.',
  ],
  PositionBlind: [
    { ...of, type: 'PositionBlind', quantity: -2, why: 'No price for 15 s.' },
    'BLIND: -2 ESZ5 held. No price for 15 s.',
  ],
  PositionSeen: [{ ...of, type: 'PositionSeen', blindMs: 47_250 }, 'Prices of ESZ5 are back after 47 s'],
  ExitRequested: [
    { ...of, type: 'ExitRequested', reason: 'signal', by: 'breakout', why: 'EXIT signal x.' },
    'Exit of ESZ5 wanted by breakout: EXIT signal x.',
  ],
  ExitRepeated: [{ ...of, type: 'ExitRepeated', by: 'breakout', why: '' }, null],
  CycleAdopted: [
    { ...of, type: 'CycleAdopted', quantity: -2, averageTicks: 1, why: 'Traded outside.' },
    'Adopted -2 ESZ5 found at the broker. Traded outside.',
  ],
  CycleReopened: [
    { ...of, type: 'CycleReopened', side: 'BUY', why: 'The journal does not know it.' },
    'Cycle in ESZ5 opened again. The journal does not know it.',
  ],
  OrphanFound: [
    { ...of, type: 'OrphanFound', quantity: -2, why: 'No signal of ours opened it.' },
    'Orphan: -2 ESZ5. No signal of ours opened it. Adopt, flatten or ignore? Entries wait.',
  ],
  OrphanDecided: [
    { ...of, type: 'OrphanDecided', decision: 'adopt', by: 'ana', reason: 'mine' },
    'ana said adopt to the orphan in ESZ5: mine',
  ],
  PositionAdjusted: [
    { ...of, type: 'PositionAdjusted', quantity: -1, why: 'Disagreed.' },
    'Book adjusted by -1 ESZ5. Disagreed.',
  ],
  CycleClosed: [
    { ...of, type: 'CycleClosed', outcome: 'stop', realizedMicros: -microsOf(254.5), commissionMicros: 0 },
    'Closed ESZ5 (stop): -$254.50 net',
  ],
  CycleCancelled: [
    { ...of, type: 'CycleCancelled', outcome: 'entry not filled', why: 'Cancelled.' },
    'No trade in ESZ5: entry not filled. Cancelled.',
  ],
  WorkerStalled: [
    { type: 'WorkerStalled', forMs: 3_250 },
    'The worker stood still for 3.3 s: the broker is asked before anything is sent',
  ],
  WorkerStarted: [
    { type: 'WorkerStarted', version: '0.1.0', replayedEntries: 3 },
    'Worker 0.1.0 started, 3 journal entries replayed',
  ],
  LimitsChanged: [
    { type: 'LimitsChanged', limits: {}, by: 'ana', why: 'calmer' },
    'Limits changed by ana: calmer',
  ],
  BrokerLinkChanged: [
    { type: 'BrokerLinkChanged', phase: 'connected', detail: 'DU1' },
    'Gateway connected: DU1',
  ],
  InstrumentResolved: [{ type: 'InstrumentResolved', symbol: 'ES', instrument: ES }, null],
  BrokerNoticed: [{ type: 'BrokerNoticed', code: 2104, text: 'ok' }, null],
  ContractRolled: [
    { type: 'ContractRolled', symbol: 'ES', from: 'ESZ5', to: 'ESH6' },
    'ES is rolled from ESZ5 to ESH6. No entries before the first quote of ESH6.',
  ],
  RollAhead: [
    {
      type: 'RollAhead',
      symbol: 'ES',
      from: 'ESZ5',
      to: 'ESH6',
      atTs: Date.parse('2025-12-12T06:00:00Z'),
      late: false,
    },
    'ESZ5 is rolled to ESH6 on 2025-12-12 00:00 US/Central, if nothing of ours is held or works in it then.',
  ],
  FarmChanged: [
    { type: 'FarmChanged', farm: 'usfuture', serves: 'market data', state: 'broken' },
    "IB's server usfuture (market data) is not reachable",
  ],
  QuotesRefused: [
    { type: 'QuotesRefused', symbol: 'ES', code: 10197, text: 'competing', competing: true },
    'No quotes of ESZ5: another session of this login takes the market data; they come back when it ends. Entries in it wait',
  ],
  QuotesResumed: [{ type: 'QuotesResumed', symbol: 'ES' }, 'Quotes of ESZ5 are back'],
  BrokerMessageLost: [
    { type: 'BrokerMessageLost', text: 'A message could not be read.' },
    'A message could not be read.',
  ],
  ReconcileStarted: [{ type: 'ReconcileStarted', requestId: 1 }, null],
  Reconciled: [
    { type: 'Reconciled', positions: 1, openOrders: 2, repairs: 0 },
    'Reconciled with the broker: 1 position(s), 2 working order(s), 0 repair(s)',
  ],
  ReconcileMismatch: [
    { type: 'ReconcileMismatch', symbol: 'ES', ours: 1, brokers: 0, round: 2 },
    'ES: our book says 1, the broker 0 (round 2)',
  ],
  ForeignOrderSeen: [
    { type: 'ForeignOrderSeen', permId: 1, symbol: 'ES', text: 'BUY 1 ES' },
    'An order of somebody else works at the broker: BUY 1 ES',
  ],
  SignalIgnored: [
    { type: 'SignalIgnored', signalId: 's', symbol: 'CL', code: 'UNKNOWN_INSTRUMENT', detail: 'Not traded.' },
    'Signal not followed in CL: Not traded.',
  ],
  SignalRefused: [
    {
      type: 'SignalRefused',
      source: 'http:a',
      code: 'MALFORMED_SIGNAL',
      detail: 'No symbol.',
      excerpt: '{}',
    },
    'Signal refused from http:a: No symbol.',
  ],
  CommandAccepted: [{ type: 'CommandAccepted', command }, null],
  CommandRepeated: [{ type: 'CommandRepeated', commandId: 'click-0001' }, null],
  CommandRefused: [
    { type: 'CommandRefused', commandId: 'click-0001', code: 'REASON_REQUIRED', why: 'Say why.' },
    'Command refused: Say why.',
  ],
  HoursDiffer: [{ type: 'HoursDiffer', symbol: 'ES', detail: 'they differ.' }, 'Hours of ESZ5: they differ.'],
  ModeChanged: [
    { type: 'ModeChanged', scope: 'ES', from: 'Active', to: 'Halted', by: 'ana', why: 'news' },
    'Trading in ES Active → Halted by ana: news',
  ],
  FlattenStarted: [
    { type: 'FlattenStarted', scope: '*', by: 'ana', why: 'out', positions: [{ symbol: 'ES', quantity: 1 }] },
    'Flatten started by ana: 1 position(s)',
  ],
  ModeTripped: [
    {
      type: 'ModeTripped',
      scope: '*',
      trip: 'Loss today',
      code: 'MAX_DAILY_LOSS',
      to: 'Reducing',
      observed: 2_050_000_000,
      limit: 2_000_000_000,
      unit: 'usd',
    },
    'Entries halted. Loss today: $2050.00 (limit $2000.00)',
  ],
  JournalFailed: [
    { type: 'JournalFailed', why: 'The disk is full' },
    'The journal cannot be written: The disk is full. No entries; exits go on from memory',
  ],
  ClockSkewed: [{ type: 'ClockSkewed', skewMs: -7_240 }, "The broker's clock and ours are -7.2 s apart"],
  EntryHeldBack: [
    { type: 'EntryHeldBack', refs: [], observed: 33, limit: 30, detail: 'c-1:entry: 33 orders in a minute' },
    'Entry held back. c-1:entry: 33 orders in a minute',
  ],
  ExitsOverRate: [
    { type: 'ExitsOverRate', symbol: 'ES', observed: 31, limit: 30 },
    '31 exit orders in ESZ5 in a short time (limit 30); none is held back',
  ],
  FlattenArmed: [
    {
      type: 'FlattenArmed',
      scope: '*',
      symbol: 'ES',
      quantity: 1,
      opensTs: 1_765_580_400_000,
      detail: 'ES: market closed, 1 held, armed for the open at 17:00.',
    },
    'NOT FLAT. ES: market closed, 1 held, armed for the open at 17:00.',
  ],
  FlattenNotFlat: [
    { type: 'FlattenNotFlat', scope: '*', reason: 'NOT_FILLED', code: null, detail: 'Still open: 1 ES.' },
    'NOT FLAT yet. Still open: 1 ES.',
  ],
  FlattenEnded: [
    { type: 'FlattenEnded', scope: '*', flat: false, detail: 'Still open: 1 ES.' },
    'NOT FLAT. Still open: 1 ES.',
  ],
};

describe('the activity feed', () => {
  const linesOf = (facts: readonly Fact[]) => activityOf({ seq: 12, ts: 5, facts }, { ES, MES });

  it.each(Object.values(LINES))('says of %o', (fact, text) => {
    expect(linesOf([fact]).map((line) => line.text)).toEqual(text === null ? [] : [text]);
  });

  it('numbers its lines by step and place, with cycle and code', () => {
    const [denied] = LINES.EntryDenied;
    expect(linesOf([LINES.CycleOpened[0], denied])).toMatchObject([
      { seq: 12, n: 1, ts: 5, cycleId: 'c-a-1', code: 'MISSING_PROTECTION', kind: 'guard' },
    ]);
  });

  it('tells an emergency stop from an exit, a win from a loss, FLAT from NOT FLAT', () => {
    const emergency = { ...order, role: 'emergency', type: 'STP LMT', triggerTicks: ticks(6886.5) } as const;
    const lines = linesOf([
      { ...LINES.OrderJournaled[0], order: emergency },
      { ...LINES.CycleClosed[0], realizedMicros: microsOf(10) },
      { ...LINES.FlattenEnded[0], flat: true, detail: 'Nothing left.' },
    ]);
    expect(lines.map(({ tone, text }) => [tone, text])).toEqual([
      ['danger', 'Emergency stop SELL 2 ESZ5 STP LMT @ 6,886.50. out.'],
      ['safe', 'Closed ESZ5 (stop): +$10.00 net'],
      ['safe', 'FLAT. Nothing left.'],
    ]);
  });

  it('names every way in which an entry was cleared', () => {
    const lines = linesOf([
      { ...LINES.EntryApproved[0], clearance: { kind: 'override', confidence: 0.8, threshold: 0.75 } },
      { ...LINES.EntryApproved[0], clearance: { kind: 'operator', operator: 'ana', reason: 'level' } },
    ]);
    expect(lines.map((line) => line.text)).toEqual([
      'Entry approved: BUY 2 ESZ5 on its own confidence 0.8',
      'Entry approved: BUY 2 ESZ5 by ana',
    ]);
  });
});
