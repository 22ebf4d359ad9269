/**
 * I16: the net result of each closed cycle is what its executions paid, at the exchange's own prices, less the commissions that were reported,
 * to the last micro-dollar; and the day is the sum of its cycles. Charges that never came are null, not zero.
 */
import type { EngineState } from '../../engine/model/state';
import type { JournalEntry } from '../../engine/model/step';
import type { Watcher, World } from '../world';

const TICK_MICROS: Readonly<Record<string, number>> = { ES: 12_500_000, MES: 1_250_000 };
const TICKS_A_POINT = 4;

interface Paid {
  symbol: string;
  /** By execId, so that a correction replaces. Signed contracts x ticks, bought negative. */
  readonly ticks: Map<string, number>;
  commissionMicros: number;
}

export function moneyAddsUp(): Watcher {
  return {
    atRest: (world) => {
      const { state } = world;
      // of what was never written only the worker itself knows
      if (!state || state.journal.phase === 'failed') return;
      const paid = paidByCycle(world, world.disk.written());
      let sum = 0;
      for (const cycle of Object.values(state.cycles)) {
        if (cycle.phase !== 'closed') continue;
        const own = paid.get(cycle.cycleId);
        const expected = own ? resultOf(own) : 0;
        sum += cycle.realizedMicros ?? 0;
        if (cycle.realizedMicros !== expected)
          world.violate(
            'I16',
            `${cycle.cycleId} is booked with ${cycle.realizedMicros}, its fills paid ${expected}.`,
          );
      }
      if (sameDay(state) && sum !== state.day.realizedMicros)
        world.violate('I16', `The day is booked with ${state.day.realizedMicros}, its cycles made ${sum}.`);
    },
  };
}

function resultOf({ symbol, ticks, commissionMicros }: Paid): number {
  let sum = 0;
  for (const value of ticks.values()) sum += value;
  return sum * (TICK_MICROS[symbol] ?? 0) - commissionMicros;
}

function paidByCycle(world: World, entries: readonly JournalEntry[]): ReadonlyMap<string, Paid> {
  const paid = new Map<string, Paid>();
  const of = (cycleId: string, symbol: string): Paid => {
    const known = paid.get(cycleId) ?? { symbol, ticks: new Map<string, number>(), commissionMicros: 0 };
    paid.set(cycleId, known);
    return known;
  };
  const corrected = new Set<string>();
  for (const fact of entries.flatMap((entry) => entry.facts)) {
    if (fact.type === 'CommissionCharged') of(fact.cycleId, fact.symbol).commissionMicros += fact.micros;
    if (fact.type === 'OrderFilled') {
      const signed = fact.side === 'BUY' ? -fact.quantity : fact.quantity;
      const price = priceAtExchange(world, fact.execId) ?? fact.priceTicks;
      const { ticks } = of(fact.cycleId, fact.symbol);
      // one execution may close a cycle's contracts and open it the other way
      ticks.set(stem(fact.execId), (ticks.get(stem(fact.execId)) ?? 0) + signed * price);
    }
    if (fact.type === 'ExecutionCorrected') {
      const { ticks } = of(fact.cycleId, fact.symbol);
      // told for each part of an execution that turned a position and all of them replace it
      const part = `${fact.cycleId} ${fact.execId}`;
      const before = corrected.has(part) ? (ticks.get(stem(fact.execId)) ?? 0) : 0;
      corrected.add(part);
      ticks.set(stem(fact.execId), before - fact.quantity * fact.priceTicks);
    }
  }
  return paid;
}

/** Null for what is no execution of the exchange: an adjustment. */
function priceAtExchange({ truth }: World, execId: string): number | null {
  const execution = truth.executions.get(execId);
  return execution ? execution.price * TICKS_A_POINT : null;
}

function stem(execId: string): string {
  return execId.startsWith('adjustment') ? execId : execId.replace(/\.\d+$/, '');
}

/** No cycle has been forgotten, and none belongs to the day before. */
function sameDay({ cycles, day }: EngineState): boolean {
  const closed = Object.values(cycles).filter((cycle) => cycle.phase === 'closed');
  return closed.length === day.won + day.lost;
}
