/** Money, from fills to rows: slippage by hand, an unknown tick value, and every random day recomputed from its journaled fills (I16). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CycleFact } from './model/fact';
import { tickValueMicros } from './model/instrument';
import { microsOf } from './model/money';
import type { JournalEntry } from './model/step';
import { type Desk, holdingDesk, openDesk } from './testing/desk';
import { charged, executed } from './testing/events';
import { ES, MES, ticks } from './testing/instruments';
import { days, hardDays, heal, perform } from './testing/workload';
import { cycleRow } from './view/rows';

const rowOf = (desk: Desk) => cycleRow(desk.cycle, desk.state.instruments[desk.cycle.symbol]);

describe('slippage', () => {
  it('of an entry is against the plan, of a stop against its trigger, in ticks a contract and dollars', () => {
    const desk = openDesk().signal({ quantity: 2 });
    const entry = desk.ref('entry');
    desk.when(...desk.broker.fill(entry, ticks(6890.5), 1), ...desk.broker.fill(entry, ticks(6890), 1));
    desk.when(...desk.broker.trigger(desk.ref('stop'), ticks(6884.75)));
    expect(rowOf(desk)).toMatchObject({
      entrySlippageTicks: -1,
      entrySlippageMicros: microsOf(-25),
      exitSlippageTicks: 3,
      exitSlippageMicros: microsOf(75),
      maeTicks: -22,
    });
  });

  it('of a short is the mirror image; a target that fills better is a gain', () => {
    const desk = holdingDesk({ action: 'SELL', stopPrice: 6895.5, targetPrice: 6883 });
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6882.75)));
    expect(rowOf(desk)).toMatchObject({
      entrySlippageMicros: 0,
      exitSlippageTicks: -1,
      exitSlippageMicros: microsOf(-12.5),
      mfeTicks: 31,
    });
  });

  it('of a market exit is against the mark when it was decided', () => {
    const desk = holdingDesk().market('ES', 6892);
    desk.broker.marketTicks = ticks(6891.25);
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    expect(rowOf(desk)).toMatchObject({ exitSlippageTicks: 3, exitSlippageMicros: microsOf(37.5) });
  });

  it('is not known where nothing was planned', () => {
    const desk = openDesk();
    desk.broker.tradeByHand('ES', 1);
    desk.cutWire().reconnect().later(2_500);
    expect(rowOf(desk)).toMatchObject({
      origin: 'adopted',
      entrySlippageTicks: null,
      exitSlippageMicros: null,
    });
  });

  it('and R count the contracts that were filled', () => {
    const desk = openDesk().signal({ quantity: 3 });
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), 1));
    desk.operator({ kind: 'CancelEntries', scope: '*', reason: 'enough' });
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
    expect(rowOf(desk)).toMatchObject({ realizedMicros: microsOf(370.5), rMultiple: 1.48 });
  });
});

describe('a tick value that is not known', () => {
  it('never books $0: the cycle closes when the broker has said what a tick is worth', () => {
    const desk = holdingDesk();
    const { ES: known, ...others } = desk.state.instruments;
    desk.state = { ...desk.state, instruments: others };
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898))).later(5_000);
    expect(desk.state.positions.ES).toMatchObject({ quantity: 0, realizedTicks: 30 });
    expect(desk.cycle).toMatchObject({ phase: 'open', realizedMicros: null });
    expect(desk.state.day.realizedMicros).toBe(0);
    if (known) desk.when({ type: 'InstrumentResolved', instrument: known });
    expect(desk.cycle).toMatchObject({ phase: 'closed', realizedMicros: microsOf(370.5) });
    expect(desk.state.day.realizedMicros).toBe(microsOf(370.5));
  });

  it('of a charge that comes late corrects the result, to the cent', () => {
    const desk = openDesk().signal();
    desk.wired = false;
    desk.when(executed({ execId: 'a.1.01', orderRef: desk.ref('entry') }));
    desk.when(
      executed({ execId: 'b.1.01', orderRef: desk.ref('target'), side: 'SELL', priceTicks: ticks(6898) }),
    );
    desk.later(2_250);
    expect(desk.cycle.realizedMicros).toBe(microsOf(375));
    desk.when(charged('a.1.01', microsOf(2.25)), charged('b.1.01', 2_250_001));
    expect(desk.cycle.realizedMicros).toBe(microsOf(375 - 4.5) - 1);
    expect(desk.state.day.realizedMicros).toBe(microsOf(375 - 4.5) - 1);
  });
});

/** First in, first out, one contract at a time, from the journal alone: it shares nothing with the engine's own bookkeeping. */
function recomputed(journal: readonly JournalEntry[]): ReadonlyMap<string, number> {
  const queues = new Map<string, { sign: number; ticks: number }[]>();
  const micros = new Map<string, number>();
  const add = (cycleId: string, more: number) => micros.set(cycleId, (micros.get(cycleId) ?? 0) + more);
  for (const fact of journal.flatMap((entry) => entry.facts)) {
    if (fact.type === 'CommissionCharged') add(fact.cycleId, -fact.micros);
    if (fact.type === 'OrderFilled') fill(fact);
  }
  function fill({
    cycleId,
    symbol,
    side,
    quantity,
    priceTicks,
  }: Extract<CycleFact, { type: 'OrderFilled' }>) {
    const queue = queues.get(cycleId) ?? [];
    queues.set(cycleId, queue);
    const sign = side === 'BUY' ? 1 : -1;
    for (let n = 0; n < quantity; n += 1) {
      const oldest = queue[0];
      if (!oldest || oldest.sign === sign) queue.push({ sign, ticks: priceTicks });
      else {
        queue.shift();
        add(
          cycleId,
          (priceTicks - oldest.ticks) * oldest.sign * tickValueMicros(symbol === 'MES' ? MES : ES),
        );
      }
    }
  }
  return micros;
}

describe('any day’s results', () => {
  it.each([
    ['a day', days],
    ['a day with trades by hand and lost cancels', hardDays],
  ] as const)(
    'recomputed from the journaled fills are those that were stored, to the cent: %s',
    (_, kind) => {
      fc.assert(
        fc.property(kind, (day) => {
          const desk = openDesk();
          for (const [n, act] of day.entries()) perform(desk, act, n);
          heal(desk);
          desk.operator({ kind: 'Flatten', scope: '*', reason: 'the day is over' }, 'last-click');
          desk.later(20_000);
          const oracle = recomputed(desk.journal);
          const closed = Object.values(desk.state.cycles).filter((cycle) => cycle.phase === 'closed');
          for (const { cycleId, realizedMicros } of closed) {
            expect([cycleId, realizedMicros]).toEqual([cycleId, oracle.get(cycleId)]);
          }
          const traded = [...oracle.values()].reduce((sum, micros) => sum + micros, 0);
          const forgotten = desk.journal.flatMap(({ facts }) =>
            facts.flatMap((fact) =>
              fact.type === 'CycleClosed' && !desk.state.cycles[fact.cycleId] ? [fact] : [],
            ),
          );
          if (forgotten.length === 0) expect(desk.state.day.realizedMicros).toBe(traded);
        }),
        {
          numRuns: Number(process.env.ENGINE_DAYS ?? 25),
          seed: Number(process.env.ENGINE_SEED ?? 20_251_212),
        },
      );
    },
  );
});
