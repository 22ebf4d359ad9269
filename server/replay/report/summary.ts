/** Counts of a replay. Each blocked order is counted once under its first reason: those counts add up to the blocked ones. */
import { centralOf } from '../../engine/model/central';
import { REASON_CODES } from '../../engine/model/reason';
import { isoDayOf } from '../../engine/model/time';
import type { JudgedOrder } from '../model/verdict';
import type { Counts, Summary } from './report';

const NONE: Counts = { orders: 0, blocked: 0, passed: 0, exit: 0, unknown: 0, protection: 0 };

export function summaryOf(judged: readonly JudgedOrder[]): Summary {
  const days = grouped(judged, ({ order }) => dayOf(order.ts));
  const intents = grouped(judged, ({ order }) => order.intent.kind);
  return {
    ...countsOf(judged),
    byReason: byReason(judged),
    byDay: [...days].map(([day, orders]) => ({ day, ...countsOf(orders) })),
    byIntent: Object.fromEntries([...intents].map(([kind, orders]) => [kind, countsOf(orders)])),
  };
}

function grouped(judged: readonly JudgedOrder[], keyOf: (one: JudgedOrder) => string) {
  const groups = new Map<string, JudgedOrder[]>();
  for (const one of judged) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

function countsOf(judged: readonly JudgedOrder[]): Counts {
  const counts = { ...NONE, orders: judged.length };
  for (const { verdict } of judged) counts[verdict.outcome] += 1;
  return counts;
}

/** Most frequent first; of equal ones by precedence. */
function byReason(judged: readonly JudgedOrder[]): Summary['byReason'] {
  return REASON_CODES.map((code) => ({
    code,
    first: judged.filter(({ verdict }) => verdict.reasons[0] === code).length,
    all: judged.filter(({ verdict }) => verdict.reasons.includes(code)).length,
  }))
    .filter(({ all }) => all > 0)
    .sort((a, b) => b.first - a.first || b.all - a.all);
}

/** The date on a clock in Chicago, as the bot's own logs have it. */
export function dayOf(ts: number): string {
  return isoDayOf(centralOf(ts).dayNumber);
}
