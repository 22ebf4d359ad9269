import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { adoptedCycle, type Cycle } from '../model/cycle';
import type { Quote } from '../model/instrument';
import { DEFAULT_LIMITS } from '../model/limits';
import { microsOf } from '../model/money';
import type { GuardResult, ReasonCode } from '../model/reason';
import type { Signal } from '../model/signal';
import type { EngineState } from '../model/state';
import { commanded, signal } from '../testing/events';
import { ES, HOST_AHEAD_MS, T0, ticks } from '../testing/instruments';
import { calmState, given, orderOf, orders, table } from '../testing/scenario';
import { approveEntry } from './approve';
import { denials, evaluateGuards, GUARDS } from './pipeline';

const NOW = { ts: T0, hostMs: T0 + HOST_AHEAD_MS };

/** The entry that a signal asks for, before anything was decided about it. */
function entry(rest: Partial<Signal> = {}): { state: EngineState; cycle: Cycle } {
  const { state } = given().when(signal(rest));
  const cycle = Object.values(state.cycles)[0];
  if (!cycle) throw new Error('The signal opened no cycle.');
  return {
    state: { ...calmState(), signals: state.signals },
    cycle: { ...cycle, phase: 'proposed', results: [] },
  };
}

const CHRISTMAS_MS = Date.UTC(2025, 11, 24, 18, 15) - T0;
/** A broker's hours with one long session over the early close. */
const ALL_WEEK = {
  ...ES,
  sessions: [{ openTs: T0, closeTs: T0 + CHRISTMAS_MS + 3_600_000 }],
};

const openUntil = (closeTs: number) => () => {
  const half = { openTs: T0 - 2_000, closeTs: T0 - 1_000 };
  return { instruments: { ES: { ...ES, sessions: [half, { openTs: half.closeTs, closeTs }] } } };
};

const quoted = (rest: Partial<Quote>) => (state: EngineState) => {
  const quote = state.market.quotes.ES;
  return quote ? { market: { quotes: { ES: { ...quote, ...rest } } } } : {};
};
const repeatedFor = (ms: number) => quoted({ changedHostMs: NOW.hostMs - ms });

interface Case {
  signal?: Partial<Signal>;
  cycle?: Partial<Cycle>;
  state?: (state: EngineState) => Partial<EngineState>;
  /** Both clocks, ms after the signal. */
  afterMs?: number;
}

function run(name: string, { signal: asked, cycle, state, afterMs = 0 }: Case): GuardResult {
  const base = entry(asked);
  const results = evaluateGuards(
    { ...base.state, ...state?.(base.state) },
    { ...base.cycle, ...cycle },
    { ts: NOW.ts + afterMs, hostMs: NOW.hostMs + afterMs },
  );
  const result = results.find((candidate) => candidate.guard === name);
  if (!result) throw new Error(`There is no guard ${name}.`);
  return result;
}

const day = (rest: Partial<EngineState['day']>) => (state: EngineState) => ({
  day: { ...state.day, ...rest },
});
const held = (quantity: number) => () => ({
  positions: { ES: { symbol: 'ES', quantity, lots: [], realizedTicks: 0 } },
});
const orphaned =
  (decision: 'undecided' | 'adopt', ...symbols: readonly string[]) =>
  () => {
    const orphan = { decision, by: null, reason: null, askedHostMs: 0 };
    const rows = symbols.map((symbol, n) => {
      const cycle = adoptedCycle(`c-a-${n}x${symbol.toLowerCase()}` as never, symbol, 1, T0);
      return { ...cycle, phase: 'open' as const, orphan };
    });
    return { cycles: table((cycle) => cycle.cycleId, ...rows) };
  };
const mode =
  (word: 'Active' | 'Reducing' | 'Halted', scope = '*') =>
  (state: EngineState) => ({
    modes: { ...state.modes, [scope]: { mode: word, since: 0, by: 'ana', why: 'test' } },
  });
const flattening = (scope: string) => () => {
  const { state } = given().when(commanded({ kind: 'Flatten', scope, reason: 'out' }));
  return { flatten: state.flatten };
};
const someOrder =
  (rest: Partial<ReturnType<typeof orderOf>>, symbol = 'ES') =>
  () =>
    orders(
      orderOf(
        {
          ref: 'c-a-1:entry' as never,
          cycleId: 'c-a-1' as never,
          role: 'entry',
          symbol,
          side: 'BUY',
          quantity: 1,
          type: 'LMT',
          limitTicks: 1,
          triggerTicks: null,
          tif: 'DAY',
          ocaGroup: null,
          parentRef: null,
          reduceOnly: false,
        },
        rest,
      ),
    );

/** Each guard at its limit and one step beyond it, with what it must have seen. */
const BOUNDARIES: readonly {
  guard: string;
  code: ReasonCode;
  limit: GuardResult['limit'];
  passes: [Case, GuardResult['observed']];
  denies: [Case, GuardResult['observed']];
}[] = [
  {
    guard: 'Trading mode',
    code: 'ENTRIES_HALTED',
    limit: 'Active',
    passes: [{}, 'Active'],
    denies: [{ state: mode('Reducing') }, 'Reducing'],
  },
  {
    guard: 'Trading mode',
    code: 'TRADING_HALTED',
    limit: 'Active',
    passes: [{ state: mode('Halted', 'MES') }, 'Active'],
    denies: [{ state: mode('Halted', 'ES') }, 'Halted'],
  },
  {
    guard: 'Trading mode',
    code: 'TRADING_HALTED',
    limit: 'Active',
    passes: [{ state: flattening('MES') }, 'Active'],
    denies: [{ state: flattening('ES') }, 'Flattening'],
  },
  {
    guard: 'Broker connection',
    code: 'DISCONNECTED',
    limit: 'connected',
    passes: [{}, 'connected'],
    denies: [{ state: (state) => ({ link: { ...state.link, phase: 'connecting' } }) }, 'connecting'],
  },
  {
    guard: 'Book reconciled',
    code: 'NOT_RECONCILED',
    limit: 'clean',
    passes: [{}, 'clean'],
    denies: [
      { state: (state) => ({ reconciliation: { ...state.reconciliation, phase: 'mismatch' } }) },
      'mismatch',
    ],
  },
  {
    guard: 'Signal age',
    code: 'STALE_SIGNAL',
    limit: 30_000,
    passes: [{ afterMs: 30_000 }, 30_000],
    denies: [{ afterMs: 30_001 }, 30_001],
  },
  {
    guard: 'Signal clock ahead',
    code: 'FUTURE_SIGNAL',
    limit: 2_000,
    passes: [{ signal: { createdTs: T0 + 2_000 } }, 2_000],
    denies: [{ signal: { createdTs: T0 + 2_001 } }, 2_001],
  },
  {
    guard: 'Stop and target',
    code: 'MISSING_PROTECTION',
    limit: 'both given',
    passes: [{}, 'both given'],
    denies: [{ signal: { stopPrice: null, targetPrice: null } }, 'no stop, no target'],
  },
  {
    guard: 'Prices on the tick grid',
    code: 'OFF_TICK_GRID',
    limit: 'steps of 0.25',
    passes: [{}, 'all'],
    denies: [{ signal: { targetPrice: 6951.325963783578 } }, 'target 6951.325963783578'],
  },
  {
    guard: 'Prices on the tick grid',
    code: 'OFF_TICK_GRID',
    limit: 'steps of 0.25',
    passes: [{ signal: { entryPrice: null, stopPrice: null, targetPrice: null } }, 'all'],
    denies: [
      { signal: { entryPrice: 6890.1, stopPrice: 6885.1, targetPrice: 6898.1 } },
      'entry 6890.1, stop 6885.1, target 6898.1',
    ],
  },
  {
    guard: 'Bracket orientation',
    code: 'INVALID_BRACKET',
    limit: 'stop < entry < target',
    passes: [{ signal: { targetPrice: 6890.75 } }, '6885.5 < 6890.5 < 6890.75'],
    denies: [{ signal: { targetPrice: 6890.5 } }, '6885.5 / 6890.5 / 6890.5'],
  },
  {
    guard: 'Bracket orientation',
    code: 'INVALID_BRACKET',
    limit: 'stop < entry < target',
    passes: [{}, '6885.5 < 6890.5 < 6898'],
    denies: [{ signal: { stopPrice: 6891 } }, '6891 / 6890.5 / 6898'],
  },
  {
    guard: 'Bracket orientation',
    code: 'INVALID_BRACKET',
    limit: 'target < entry < stop',
    passes: [{ signal: { action: 'SELL', stopPrice: 6895, targetPrice: 6880 } }, '6880 < 6890.5 < 6895'],
    denies: [{ signal: { action: 'SELL', stopPrice: 6895, targetPrice: 6890.5 } }, '6890.5 / 6890.5 / 6895'],
  },
  {
    guard: 'Distance to stop',
    code: 'INSUFFICIENT_DISTANCE',
    limit: 4,
    passes: [{ signal: { stopPrice: 6889.5 } }, 4],
    denies: [{ signal: { stopPrice: 6889.75 } }, 3],
  },
  {
    guard: 'Distance to target',
    code: 'INSUFFICIENT_DISTANCE',
    limit: 4,
    passes: [{ signal: { targetPrice: 6891.5 } }, 4],
    denies: [{ signal: { targetPrice: 6891.25 } }, 3],
  },
  {
    // 25 points of one ES are $1,250: $12.50 a tick
    guard: 'Loss at stop',
    code: 'MAX_LOSS_CAP',
    limit: microsOf(1_250),
    passes: [{ signal: { stopPrice: 6865.5 } }, microsOf(1_250)],
    denies: [{ signal: { stopPrice: 6865.25 } }, microsOf(1_262.5)],
  },
  {
    // every contract counts: 12.5 points of two ES
    guard: 'Loss at stop',
    code: 'MAX_LOSS_CAP',
    limit: microsOf(1_250),
    passes: [{ signal: { quantity: 2, stopPrice: 6878 } }, microsOf(1_250)],
    denies: [{ signal: { quantity: 2, stopPrice: 6877.75 } }, microsOf(1_275)],
  },
  {
    // hours without a gap are those of a simulated market, of which the table says nothing
    guard: 'Session',
    code: 'SESSION_CLOSED',
    limit: 'open',
    passes: [{ state: openUntil(T0 + 1) }, 'open'],
    denies: [{ state: openUntil(T0) }, 'unknown'],
  },
  {
    guard: 'Session',
    code: 'SESSION_CLOSED',
    limit: 'open',
    passes: [{}, 'open'],
    denies: [{ afterMs: 7 * 3_600_000 }, 'closed'],
  },
  {
    // 24 December 2025, 12:15 in Chicago, in a broker's hours that have forgotten the early close (F12)
    guard: 'Session',
    code: 'SESSION_CLOSED',
    limit: 'open',
    passes: [{}, 'open'],
    denies: [
      { afterMs: CHRISTMAS_MS, state: () => ({ instruments: { ES: ALL_WEEK } }) },
      'broker open, table closed',
    ],
  },
  {
    guard: 'Journal',
    code: 'JOURNAL_FAILED',
    limit: 'writing',
    passes: [{}, 'writing'],
    denies: [{ state: () => ({ journal: { phase: 'failed', why: 'The disk is full.' } }) }, 'failed'],
  },
  {
    // a price that is sent again and again and never changes (F39)
    guard: 'Quote unchanged',
    code: 'STALE_MARKET_DATA',
    limit: 120_000,
    passes: [{ state: repeatedFor(120_000) }, 120_000],
    denies: [{ state: repeatedFor(120_001) }, 120_001],
  },
  {
    guard: 'Quote age',
    code: 'STALE_MARKET_DATA',
    limit: 5_000,
    passes: [{ afterMs: 5_000 }, 5_000],
    denies: [{ afterMs: 5_001 }, 5_001],
  },
  {
    // it came, and says nothing
    guard: 'Quote age',
    code: 'STALE_MARKET_DATA',
    limit: 5_000,
    passes: [{}, 0],
    denies: [{ state: quoted({ bidTicks: null, askTicks: null, lastTicks: null }) }, null],
  },
  {
    guard: 'Entry away from market',
    code: 'PRICE_COLLAR',
    limit: 40,
    passes: [{ signal: { entryPrice: 6880.5, stopPrice: 6875.5 } }, 40],
    denies: [{ signal: { entryPrice: 6880.25, stopPrice: 6875.5 } }, 41],
  },
  {
    guard: 'Time to expiry',
    code: 'CONTRACT_EXPIRING',
    limit: 86_400_000,
    passes: [{ state: () => ({ instruments: { ES: { ...ES, lastTradeTs: T0 + 86_400_000 } } }) }, 86_400_000],
    denies: [{ state: () => ({ instruments: { ES: { ...ES, lastTradeTs: T0 + 86_399_999 } } }) }, 86_399_999],
  },
  {
    guard: 'Signal confidence',
    code: 'LOW_CONFIDENCE',
    limit: 0.6,
    passes: [{ state: ({ limits }) => ({ limits: { ...limits, minConfidence: 0.6 } }) }, 0.6],
    denies: [
      {
        signal: { confidence: 0.59 },
        state: ({ limits }) => ({ limits: { ...limits, minConfidence: 0.6 } }),
      },
      0.59,
    ],
  },
  {
    guard: 'Orphans undecided',
    code: 'ORPHAN_POSITION',
    limit: 'none',
    passes: [{ state: orphaned('adopt', 'MES') }, 'none'],
    denies: [{ state: orphaned('undecided', 'MES', 'ES') }, 'MES, ES'],
  },
  {
    guard: 'Position held',
    code: 'POSITION_OPEN',
    limit: 0,
    passes: [{}, 0],
    denies: [{ state: held(-1) }, -1],
  },
  {
    guard: 'Orders live',
    code: 'ORDER_IN_FLIGHT',
    limit: 0,
    passes: [{ state: someOrder({ phase: 'Filled', filledQuantity: 1, reportedFilled: 1 }) }, 0],
    denies: [{ state: someOrder({ phase: 'Unknown' }) }, 1],
  },
  {
    guard: 'Orders live',
    code: 'ORDER_IN_FLIGHT',
    limit: 0,
    passes: [{ state: someOrder({ phase: 'Working' }, 'MES') }, 0],
    denies: [{ state: someOrder({ phase: 'Working' }, 'ES') }, 1],
  },
  {
    guard: 'Position after entry',
    code: 'MAX_POSITION',
    limit: 4,
    passes: [{ signal: { quantity: 4 } }, 4],
    denies: [{ signal: { quantity: 5 } }, 5],
  },
  {
    guard: 'Loss today',
    code: 'MAX_DAILY_LOSS',
    limit: microsOf(2_000),
    passes: [{ state: day({ realizedMicros: -microsOf(1_999.99) }) }, microsOf(1_999.99)],
    denies: [{ state: day({ realizedMicros: -microsOf(2_000) }) }, microsOf(2_000)],
  },
  {
    guard: 'Trades today',
    code: 'MAX_DAILY_TRADES',
    limit: 20,
    passes: [{ state: day({ entries: 19 }) }, 19],
    denies: [{ state: day({ entries: 20 }) }, 20],
  },
  {
    guard: 'Losses in a row',
    code: 'MAX_CONSECUTIVE_LOSSES',
    limit: 5,
    passes: [{ state: day({ consecutiveLosses: 4 }) }, 4],
    denies: [{ state: day({ consecutiveLosses: 5 }) }, 5],
  },
  {
    guard: 'Time since last loss',
    code: 'COOLDOWN',
    limit: 300_000,
    passes: [{ state: day({ lastLossTs: { ES: T0 - 300_000 } }) }, 300_000],
    denies: [{ state: day({ lastLossTs: { ES: T0 - 299_999 } }) }, 299_999],
  },
  {
    guard: 'Time since last loss',
    code: 'COOLDOWN',
    limit: 300_000,
    passes: [{ state: day({ lastLossTs: { MES: T0 } }) }, 'no loss today'],
    denies: [{ state: day({ lastLossTs: { ES: T0 } }) }, 0],
  },
  {
    guard: 'Entries in a minute',
    code: 'RATE_LIMIT',
    limit: 6,
    passes: [
      {
        state: () => ({
          entryTimes: Array(6)
            .fill(NOW.hostMs - 59_999)
            .with(0, NOW.hostMs - 60_000),
        }),
      },
      5,
    ],
    denies: [{ state: () => ({ entryTimes: Array(6).fill(NOW.hostMs - 59_999) }) }, 6],
  },
];

describe('each guard, at its limit and one step beyond', () => {
  for (const { guard, code, limit, passes, denies } of BOUNDARIES) {
    it(`${guard} passes at ${passes[1]} and denies at ${denies[1]} with ${code}`, () => {
      expect(run(guard, passes[0])).toMatchObject({ verdict: 'pass', observed: passes[1], limit });
      expect(run(guard, denies[0])).toMatchObject({ verdict: 'deny', code, observed: denies[1], limit });
    });
  }

  it('covers every guard of the pipeline but the duplicate one, which needs two signals', () => {
    const { state, cycle } = entry();
    const names = new Set(evaluateGuards(state, cycle, NOW).map((result) => result.guard));
    expect(names.size).toBe(GUARDS.length);
    const tested = new Set(BOUNDARIES.map((boundary) => boundary.guard));
    expect([...names].filter((name) => !tested.has(name))).toEqual(['Time since the same signal']);
  });

  it('measures in its own unit, in the order of precedence', () => {
    const { state, cycle } = entry();
    const said = evaluateGuards(state, cycle, NOW).map((result) => {
      return `${result.code} ${result.relation} ${result.unit}`;
    });
    expect(said).toEqual([
      'ENTRIES_HALTED = state',
      'DISCONNECTED = state',
      'NOT_RECONCILED = state',
      'JOURNAL_FAILED = state',
      'DUPLICATE_SIGNAL ≥ ms',
      'STALE_SIGNAL ≤ ms',
      'FUTURE_SIGNAL ≤ ms',
      'MISSING_PROTECTION = state',
      'OFF_TICK_GRID in price',
      'INVALID_BRACKET = price',
      'INSUFFICIENT_DISTANCE ≥ ticks',
      'INSUFFICIENT_DISTANCE ≥ ticks',
      'MAX_LOSS_CAP ≤ usd',
      'SESSION_CLOSED = state',
      'STALE_MARKET_DATA ≤ ms',
      'STALE_MARKET_DATA ≤ ms',
      'PRICE_COLLAR ≤ ticks',
      'CONTRACT_EXPIRING ≥ ms',
      'LOW_CONFIDENCE ≥ ratio',
      'ORPHAN_POSITION = state',
      'POSITION_OPEN = contracts',
      'ORDER_IN_FLIGHT = orders',
      'MAX_POSITION ≤ contracts',
      'MAX_DAILY_LOSS < usd',
      'MAX_DAILY_TRADES < trades',
      'MAX_CONSECUTIVE_LOSSES < losses',
      'COOLDOWN ≥ ms',
      'RATE_LIMIT < orders',
    ]);
  });
});

describe('the duplicate guard', () => {
  const seen = (ids: readonly [string, number][]) => (state: EngineState) => ({
    signals: ids.map(([signalId, ts]) => ({
      signalId,
      fingerprint: state.signals[0]?.fingerprint ?? '',
      ts,
    })),
  });

  it('refuses the same wish under another id inside the window, and takes it at its end', () => {
    const guard = 'Time since the same signal';
    const inside = seen([
      ['s-0', T0 - 59_999],
      ['s-1', T0],
    ]);
    expect(run(guard, { state: inside })).toMatchObject({
      verdict: 'deny',
      code: 'DUPLICATE_SIGNAL',
      observed: 59_999,
      limit: 60_000,
    });
    expect(
      run(guard, {
        state: seen([
          ['s-0', T0 - 60_000],
          ['s-1', T0],
        ]),
      }).verdict,
    ).toBe('pass');
  });

  it('does not take another wish of the same moment for a copy', () => {
    const other = (state: EngineState) => ({
      signals: [
        { signalId: 's-0', fingerprint: 'another wish', ts: T0 },
        { signalId: 's-1', fingerprint: state.signals[0]?.fingerprint ?? '', ts: T0 },
      ],
    });
    expect(run('Time since the same signal', { state: other })).toMatchObject({
      verdict: 'pass',
      observed: 'none before',
    });
  });

  it('does not let a later copy kill the first one while that waits for approval', () => {
    const later = seen([
      ['s-1', T0],
      ['s-2', T0 + 5_000],
    ]);
    expect(run('Time since the same signal', { state: later, afterMs: 10_000 }).verdict).toBe('pass');
  });
});

describe('the pipeline', () => {
  it('evaluates and records every guard, not only the first that refuses', () => {
    const { state, cycle } = entry({ stopPrice: null, targetPrice: null });
    const results = evaluateGuards(
      { ...state, ...mode('Halted')(state), ...day({ entries: 20 })(state) },
      cycle,
      NOW,
    );
    expect(results).toHaveLength(GUARDS.length);
    expect(denials(results)).toEqual(['TRADING_HALTED', 'MISSING_PROTECTION', 'MAX_DAILY_TRADES']);
  });

  it('marks what cannot be measured without a bracket as skipped, with the limit it would have had', () => {
    const { state, cycle } = entry({ stopPrice: null });
    const skipped = evaluateGuards(state, cycle, NOW).filter((result) => result.verdict === 'skip');
    expect(skipped.map((result) => result.guard)).toEqual([
      'Bracket orientation',
      'Distance to stop',
      'Distance to target',
      'Loss at stop',
      'Entry away from market',
    ]);
    expect(skipped.every((result) => result.observed === null && result.limit !== null)).toBe(true);
  });

  it('refuses a limit order without a limit price, which no other guard can measure', () => {
    const { state, cycle } = entry({ entryPrice: null });
    const results = evaluateGuards(state, cycle, NOW);
    expect(denials(results)).toEqual(['INVALID_BRACKET']);
    expect(results.find((result) => result.code === 'INVALID_BRACKET')?.observed).toBe('no entry price');
  });

  it.each([
    ['stopPrice', Number.NaN],
    ['targetPrice', Number.POSITIVE_INFINITY],
    ['entryPrice', -6890.5],
    ['stopPrice', 0],
  ])('refuses a %s of %s', (field, value) => {
    const { state, cycle } = entry({ [field]: value });
    expect(denials(evaluateGuards(state, cycle, NOW))).toContain('OFF_TICK_GRID');
  });

  it.each([
    [{ createdTs: Number.NaN }, 'STALE_SIGNAL'],
    [{ quantity: Number.NaN }, 'MAX_POSITION'],
    [{ confidence: Number.NaN }, 'LOW_CONFIDENCE'],
  ] as const)('fails closed on %o', (rest, code) => {
    const { state, cycle } = entry(rest);
    expect(denials(evaluateGuards(state, cycle, NOW))).toContain(code);
  });

  it('refuses an instrument that is not known any more', () => {
    const { state, cycle } = entry();
    const results = evaluateGuards({ ...state, instruments: {} }, cycle, NOW);
    expect(results).toEqual([
      {
        guard: 'Instrument',
        code: 'UNKNOWN_INSTRUMENT',
        verdict: 'deny',
        observed: 'ES',
        relation: 'in',
        limit: 'known',
        unit: 'state',
      },
    ]);
    expect(denials(results)).toEqual(['UNKNOWN_INSTRUMENT']);
    expect(approveEntry(cycle, results, { kind: 'go', advisor: 'rules' })).toBeNull();
  });

  it('measures nothing against a quote that is not there, and refuses for its absence', () => {
    const { state, cycle } = entry();
    const results = evaluateGuards({ ...state, market: { quotes: {} } }, cycle, NOW);
    expect(results.filter((result) => result.verdict === 'skip').map((result) => result.guard)).toEqual([
      'Quote unchanged',
      'Entry away from market',
    ]);
    expect(results.find((result) => result.guard === 'Quote age')).toMatchObject({
      verdict: 'deny',
      observed: null,
    });
  });

  it('refuses a market order without any quote', () => {
    const { state } = entry();
    const cycle = { ...entry({ orderType: 'MKT', entryPrice: null }).cycle, plan: null };
    const results = evaluateGuards({ ...state, market: { quotes: {} } }, cycle, NOW);
    expect(denials(results)).toEqual(['STALE_MARKET_DATA']);
  });

  it('does not take an order as settled while it owes executions', () => {
    const owing = someOrder({ phase: 'Cancelled', reportedFilled: 1, filledQuantity: 0 });
    expect(run('Orders live', { state: owing })).toMatchObject({ verdict: 'deny', observed: 1 });
  });

  it('lets the proposal of a waiting entry live on the proposal clock', () => {
    const limit = DEFAULT_LIMITS.maxSignalAgeMs + DEFAULT_LIMITS.proposalLifeMs;
    const waiting = { cycle: { phase: 'waiting' as const } };
    expect(run('Signal age', { ...waiting, afterMs: limit })).toMatchObject({ verdict: 'pass', limit });
    expect(run('Signal age', { ...waiting, afterMs: limit + 1 }).verdict).toBe('deny');
  });
});

describe('the pass of an entry', () => {
  const go = { kind: 'go', advisor: 'rules' } as const;

  it('is given when every guard passes', () => {
    const { state, cycle } = entry();
    const results = evaluateGuards(state, cycle, NOW);
    expect(approveEntry(cycle, results, go)).toMatchObject({
      cycleId: cycle.cycleId,
      clearance: go,
      plan: { side: 'BUY', entryTicks: ticks(6890.5), stopTicks: ticks(6885.5), targetTicks: ticks(6898) },
    });
  });

  it.each(['deny', 'wait', 'skip'] as const)('is not given when one guard says %s', (word) => {
    const { state, cycle } = entry();
    const results = evaluateGuards(state, cycle, NOW);
    for (let index = 0; index < results.length; index += 1) {
      const one = results.map((result, n) => (n === index ? { ...result, verdict: word } : result));
      expect(approveEntry(cycle, one, go)).toBeNull();
      expect(denials(one)).toHaveLength(1);
    }
  });

  it('is not given without a guard having been asked, or without a bracket', () => {
    const { state, cycle } = entry();
    expect(approveEntry(cycle, [], go)).toBeNull();
    expect(approveEntry({ ...cycle, plan: null }, evaluateGuards(state, cycle, NOW), go)).toBeNull();
  });

  it('is made nowhere but in guard/', () => {
    const engine = path.resolve(import.meta.dirname, '..');
    const sources = readdirSync(engine, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    );
    const makers = sources.filter((file) =>
      /\bas\s+(unknown\s+as\s+)?EntryApproved\b|<EntryApproved>|:\s*EntryApproved\s*=/.test(
        readFileSync(path.join(engine, file), 'utf8'),
      ),
    );
    expect(sources.length).toBeGreaterThan(60);
    expect(makers.map((file) => file.split(path.sep).join('/'))).toEqual(['guard/approve.ts']);
  });
});
