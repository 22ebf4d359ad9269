/** What is said of a change of the contract month: ahead of it, when it is late, and when it has happened. */
import { centralDayText } from './central';
import type { Fact } from './fact';

export type RollFact = Extract<Fact, { type: 'ContractRolled' | 'RollAhead' }>;

export function rollText(fact: RollFact): string {
  if (fact.type === 'ContractRolled') {
    return `${fact.symbol} is rolled from ${fact.from} to ${fact.to}. No entries before the first quote of ${fact.to}.`;
  }
  const { from, to, atTs, late } = fact;
  const when = `${centralDayText(atTs)} US/Central`;
  return late
    ? `${from} was to be rolled to ${to} on ${when} and is still in use: it is rolled when nothing of ours is held or works in it.`
    : `${from} is rolled to ${to} on ${when}, if nothing of ours is held or works in it then.`;
}
