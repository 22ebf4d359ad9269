/** Random days against the invariants of the safety design, and every one of them replayed from its journal. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withQuotes } from './market/market';
import { type EngineState, INITIAL_STATE } from './model/state';
import type { JournalEntry } from './model/step';
import { step } from './step';
import { type Desk, openDesk, throughJson } from './testing/desk';
import { type Act, days, hardDays, heal, perform } from './testing/workload';

const SYMBOLS = ['ES', 'MES'] as const;

/** I1: a fill of anything but an entry brings the broker's position toward zero and never through it. */
function watchFills(desk: Desk): () => void {
  let seen = 0;
  const held: Record<string, number> = {};
  return () => {
    for (const { orderRef, symbol, side, quantity } of desk.broker.ledger.executions.slice(seen)) {
      const before = held[symbol] ?? 0;
      const after = before + (side === 'BUY' ? quantity : -quantity);
      held[symbol] = after;
      if (orderRef.endsWith(':entry')) continue;
      const reduces = Math.abs(after) < Math.abs(before) && before * after >= 0;
      expect(reduces, `${orderRef} moved ${symbol} from ${before} to ${after}`).toBe(true);
    }
    seen = desk.broker.ledger.executions.length;
  };
}

/** I2: the closers that work for one cycle are all in one group. */
function oneGroupOfClosers(desk: Desk): void {
  const groups = new Map<string, Set<string | null>>();
  for (const ref of desk.broker.working()) {
    const spec = desk.broker.orders.get(ref)?.spec;
    if (!spec?.reduceOnly) continue;
    groups.set(spec.cycleId, (groups.get(spec.cycleId) ?? new Set()).add(spec.ocaGroup));
  }
  for (const [cycleId, names] of groups) expect([cycleId, names.size]).toEqual([cycleId, 1]);
}

function play(desk: Desk, day: readonly Act[], check: () => void): void {
  day.forEach((act, n) => {
    perform(desk, act, n);
    check();
  });
  heal(desk);
  check();
}

function flattenAtLast(desk: Desk): void {
  desk.operator({ kind: 'Flatten', scope: '*', reason: 'the day is over' }, 'last-click');
  desk.later(20_000);
}

function atRest(desk: Desk): void {
  for (const symbol of SYMBOLS) {
    expect([symbol, desk.broker.position(symbol), desk.state.positions[symbol]?.quantity ?? 0]).toEqual([
      symbol,
      0,
      0,
    ]);
  }
  expect(desk.broker.working()).toEqual([]);
  expect(desk.openCycles().filter((cycle) => cycle.phase !== 'waiting')).toEqual([]);
  expect(desk.state.flatten?.phase).toBe('flat');
}

interface Replayed {
  state: EngineState;
  concluded: readonly unknown[];
}

function replay(journal: readonly JournalEntry[], from: EngineState): Replayed {
  let state = from;
  const concluded = journal.map((entry) => {
    const { facts, commands, ...outcome } = step(withQuotes(state, entry.quotes), entry);
    state = outcome.state;
    return { facts, commands };
  });
  return { state, concluded };
}

const withoutQuotes = (state: EngineState) => JSON.stringify({ ...state, market: null });

/** The same days in every run, unless told otherwise: ENGINE_DAYS of them, drawn from ENGINE_SEED. */
const RUN = {
  numRuns: Number(process.env.ENGINE_DAYS ?? 25),
  seed: Number(process.env.ENGINE_SEED ?? 20_251_212),
};

describe('any day', () => {
  it('opens no position with an exit, keeps its closers in one group, and can be flattened', () => {
    fc.assert(
      fc.property(days, (day) => {
        const desk = openDesk();
        const fills = watchFills(desk);
        play(desk, day, () => {
          fills();
          if (desk.wired && desk.backlog.length === 0) oneGroupOfClosers(desk);
        });
        for (const cycle of desk.openCycles()) {
          if (cycle.phase === 'open') expect(cycle.protection.state).toMatch(/protected|emergency|none/);
        }
        flattenAtLast(desk);
        fills();
        atRest(desk);
      }),
      RUN,
    );
  });

  it('with an execution that is late while reports are lost: a target that IB calls Filled gets no emergency stop beside it', () => {
    const desk = openDesk();
    const fills = watchFills(desk);
    const half = { kind: 'fill', pick: 0, quantity: 1 } as const;
    const day: readonly Act[] = [
      { kind: 'lostReports', reports: true },
      { kind: 'signal', symbol: 'ES', side: 'BUY', quantity: 2, market: true, verdict: 'GO' },
      { ...half, late: false },
      { ...half, late: true },
      { kind: 'later', ms: 61_000 },
      { ...half, late: false },
    ];
    play(desk, day, fills);
    expect(desk.broker.ledger.executions.some((one) => one.orderRef.endsWith(':emergency'))).toBe(false);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('with trades by hand and lost cancels comes to agree with the broker, and can be flattened', () => {
    fc.assert(
      fc.property(hardDays, (day) => {
        const desk = openDesk();
        play(desk, day, () => undefined);
        for (const symbol of SYMBOLS) {
          expect(desk.state.positions[symbol]?.quantity ?? 0).toBe(desk.broker.position(symbol));
        }
        flattenAtLast(desk);
        atRest(desk);
      }),
      RUN,
    );
  });

  it('replayed from its journal gives the same facts, commands and state, also from a snapshot half way (I17)', () => {
    fc.assert(
      fc.property(hardDays, fc.double({ min: 0, max: 1, noNaN: true }), (day, share) => {
        const desk = openDesk();
        play(desk, day, () => undefined);
        const journal = throughJson(desk.journal);
        const written = journal.map(({ facts, commands }) => ({ facts, commands }));

        const whole = replay(journal, INITIAL_STATE);
        expect(throughJson(whole.concluded)).toEqual(written);
        expect(withoutQuotes(whole.state)).toBe(withoutQuotes(desk.state));

        const half = Math.floor(journal.length * share);
        const snapshot = throughJson(replay(journal.slice(0, half), INITIAL_STATE).state);
        const rest = replay(journal.slice(half), snapshot);
        expect(throughJson(rest.concluded)).toEqual(written.slice(half));
        expect(withoutQuotes(rest.state)).toBe(withoutQuotes(desk.state));
      }),
      RUN,
    );
  });
});

describe('the state', () => {
  it('is plain JSON at every step of a day', () => {
    fc.assert(
      fc.property(days, (day) => {
        const desk = openDesk();
        play(desk, day, () =>
          expect(JSON.stringify(throughJson(desk.state))).toBe(JSON.stringify(desk.state)),
        );
        expect(throughJson(desk.state)).toEqual(desk.state);
      }),
      { numRuns: 20 },
    );
  });

  it('is never changed in place', () => {
    const frozen = deepFreeze(throughJson(openDesk().signal().state));
    const desk = openDesk();
    desk.state = frozen;
    expect(() => desk.later(500).operator({ kind: 'Flatten', scope: '*', reason: 'out' })).not.toThrow();
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
