/**
 * I6: our position is the sum of executions, each counted once, and of nothing else. What a report said may be added to it only after two
 * rounds that disagreed, openly, and with a person told.
 */
import type { BrokerExecution } from '../../engine/model/broker';
import type { JournalEntry } from '../../engine/model/step';
import type { Watcher, World } from '../world';
import { reading } from './reading';

const ROUNDS = 2;

export function positionsAreExecutions(): Watcher {
  let book = new Tally();
  const read = reading({
    restored: () => {
      book = new Tally();
    },
    entry: (entry, world) => book.take(entry, world),
  });
  return {
    stepped: (world, entries) => {
      read(world, entries);
      // of what was never written only the worker itself knows
      if (world.state?.journal.phase === 'failed') return;
      for (const [symbol, position] of Object.entries(world.state?.positions ?? {})) {
        const counted = book.position(symbol);
        if (counted !== position.quantity)
          world.violate('I6', `${symbol}: the book says ${position.quantity}, its executions ${counted}.`);
      }
    },
  };
}

class Tally {
  private readonly held = new Map<string, number>();
  /** By execId without the number of its correction. */
  private readonly counted = new Map<string, BrokerExecution>();
  private readonly rounds = new Map<string, number>();

  position(symbol: string): number {
    return this.held.get(symbol) ?? 0;
  }

  take({ event, facts, commands }: JournalEntry, world: World): void {
    if (event.type === 'ExecutionReported') this.count(event.execution);
    if (event.type === 'BrokerReported')
      for (const execution of event.report.executions) this.count(execution);
    for (const fact of facts) {
      if (fact.type === 'ReconcileMismatch') this.rounds.set(fact.symbol, fact.round);
      if (fact.type !== 'OrderFilled' || !fact.execId.startsWith('adjustment')) continue;
      this.add(fact.symbol, fact.side === 'BUY' ? fact.quantity : -fact.quantity);
      // two cycles of both signs close each other: the sum does not move, which is judged after the step
      if (fact.execId.startsWith('adjustment-net')) {
        world.count('netted');
        continue;
      }
      world.count('adjusted');
      const told = commands.some(
        (command) => command.type === 'SendAlert' && command.severity === 'critical',
      );
      if (!told) world.violate('I6', `${fact.symbol} was adjusted by ${fact.quantity}, and nobody is told.`);
      const moves = this.position(fact.symbol) !== 0 || this.rounds.has(fact.symbol);
      if (moves && event.type !== 'BrokerReported')
        world.violate('I6', `${fact.symbol} was adjusted without a report.`);
    }
    this.judge(facts, world);
    if (facts.some((fact) => fact.type === 'Reconciled')) this.rounds.clear();
  }

  /** An adjustment that changes the position follows two rounds of the same disagreement. */
  private judge(facts: JournalEntry['facts'], world: World): void {
    const net = new Map<string, number>();
    for (const fact of facts) {
      if (fact.type !== 'OrderFilled' || !fact.execId.startsWith('adjustment')) continue;
      const signed = fact.side === 'BUY' ? fact.quantity : -fact.quantity;
      net.set(fact.symbol, (net.get(fact.symbol) ?? 0) + signed);
    }
    for (const [symbol, change] of net) {
      const rounds = this.rounds.get(symbol) ?? 0;
      if (change === 0) continue;
      if (rounds < ROUNDS) world.violate('I6', `${symbol} was adjusted by ${change} after ${rounds} rounds.`);
      this.rounds.delete(symbol);
    }
  }

  private count(execution: BrokerExecution): void {
    const stem = execution.execId.replace(/\.\d+$/, '');
    const known = this.counted.get(stem);
    if (known && known.execId >= execution.execId) return;
    if (known) this.add(known.symbol, -signed(known));
    this.counted.set(stem, execution);
    this.add(execution.symbol, signed(execution));
  }

  private add(symbol: string, change: number): void {
    this.held.set(symbol, this.position(symbol) + change);
  }
}

function signed({ side, quantity }: BrokerExecution): number {
  return side === 'BUY' ? quantity : -quantity;
}
