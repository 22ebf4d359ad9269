/** A view with something in every section, for tests of what shows it. Its numbers hang together: 12 ticks of an ES are $150. */
import type { GuardResult } from '@/server/engine/model/reason';
import type { PositionView, ProposalView, View, WorkerView } from '@/server/engine/view/words';

/** 2025-12-12 09:35:20 US/Central. */
export const FIXTURE_TS = Date.UTC(2025, 11, 12, 15, 35, 20);

export const guardResults: readonly GuardResult[] = [
  {
    guard: 'Distance to stop',
    code: 'INSUFFICIENT_DISTANCE',
    verdict: 'pass',
    observed: 24,
    relation: '≥',
    limit: 4,
    unit: 'ticks',
  },
  {
    guard: 'Loss at stop',
    code: 'MAX_LOSS_CAP',
    verdict: 'pass',
    observed: 300_000_000,
    relation: '≤',
    limit: 1_250_000_000,
    unit: 'usd',
  },
];

export const longPosition: PositionView = {
  cycleId: 'c-mj2x1k-a1',
  symbol: 'ES',
  localSymbol: 'ESZ5',
  quantity: 1,
  average: 6890.5,
  last: 6893.5,
  openMicros: 150_000_000,
  openTicks: 12,
  stop: 6884.5,
  target: 6902.5,
  protection: { state: 'protected', sinceHostMs: null, detail: 'STP 1 @ 6,884.50' },
  rules: { maxMinutes: null, breakEvenAfterTicks: null, trail: null },
  exiting: null,
  origin: 'signal',
  orphan: null,
  openedTs: FIXTURE_TS - 600_000,
};

export const waitingProposal: ProposalView = {
  proposalId: 'c-mj2x9z-b4:proposal',
  cycleId: 'c-mj2x9z-b4',
  digest: '9f3a12c47be0d851',
  symbol: 'ES',
  localSymbol: 'ESZ5',
  side: 'BUY',
  quantity: 1,
  orderType: 'LMT',
  entry: 6893.25,
  stop: 6887.25,
  target: 6905.25,
  riskMicros: 300_000_000,
  rewardToRisk: 2,
  strategy: 'ema-cross',
  confidence: 0.58,
  answer: {
    verdict: 'WAIT',
    confidence: 0.62,
    words: 'Counter-trend with volatility rising.',
    trend: 'DOWNTREND',
    volatility: 'HIGH',
    advisor: 'rules',
    latencyMs: 3,
  },
  phase: 'waiting',
  results: guardResults,
  driftTicks: 1,
  askedHostMs: FIXTURE_TS - 26_000,
  expiresHostMs: FIXTURE_TS + 64_000,
};

export const fixtureWorker: WorkerView = {
  version: '0.1.0',
  startedHostMs: FIXTURE_TS - 3_600_000,
  clock: 'wall',
  speed: 1,
  advisor: 'rules',
  sources: ['http'],
  heartbeat: { atHostMs: FIXTURE_TS - 300, roundTripMs: 4 },
};

export const fixtureView: View = {
  seq: 48_213,
  ts: FIXTURE_TS,
  hostMs: FIXTURE_TS,
  venue: {
    paper: true,
    account: 'DU1234567',
    phase: 'connected',
    detail: 'server version 193',
    sinceHostMs: FIXTURE_TS - 3_600_000,
    serverVersion: 193,
    reconciled: true,
    reconcileRound: 0,
    foreignOrders: 0,
  },
  mode: { mode: 'Active', since: FIXTURE_TS - 3_600_000, by: 'default', why: 'first start' },
  symbolModes: {},
  protection: { state: 'protected', sinceHostMs: null, detail: '1 of 1 protected' },
  instruments: [
    {
      symbol: 'ES',
      localSymbol: 'ESZ5',
      tickSize: 0.25,
      tickValueMicros: 12_500_000,
      bid: 6893.25,
      ask: 6893.5,
      last: 6893.5,
      quoteHostMs: FIXTURE_TS - 200,
      sessionOpen: true,
      hoursDiffer: null,
      sessionChangesTs: FIXTURE_TS + 23_080_000,
    },
  ],
  positions: [longPosition],
  brackets: [],
  foreignOrders: [],
  proposals: [waitingProposal],
  flatten: null,
  journal: { phase: 'writing', why: null },
  day: {
    date: '2025-12-12',
    realizedMicros: 262_500_000,
    openMicros: 150_000_000,
    commissionMicros: 11_200_000,
    entries: 6,
    won: 3,
    lost: 2,
    denied: 14,
    waited: 6,
    worstDrawdownMicros: -187_500_000,
    lossLeftMicros: 2_000_000_000,
    equity: [
      { ts: FIXTURE_TS - 3_000_000, micros: 0 },
      { ts: FIXTURE_TS - 600_000, micros: 262_500_000 },
    ],
  },
  health: [{ name: 'Broker connected', ok: true, detail: 'server version 193' }],
  activity: [],
  bars: { ES: [] },
};
