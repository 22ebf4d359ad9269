/**
 * I8: while a status knows of more fills of a cycle's orders than were counted, no exit of it is sent: how much is held is not known; and an
 * emergency stop only for what is held by both words. Read from what the broker said and from the fills that were concluded, not from the
 * orders of the book. Fills that never came as executions are waited for until the broker's position decides instead, and that is said.
 */
import type { JournalEntry } from '../../engine/model/step';
import type { Watcher } from '../world';
import { cycleOf, roleOf } from './ours';
import { reading } from './reading';

export function nothingUnsettledIsSold(): Watcher {
  let tally = new Tally();
  const read = reading({
    restored: () => {
      tally = new Tally();
    },
    entry: (entry, world) => {
      tally.take(entry);
      for (const command of entry.commands) {
        if (command.type !== 'PlaceOrder') continue;
        const { ref, cycleId, role, quantity } = command.order;
        const open = tally.unsettled(cycleId);
        const isCertain = role === 'emergency' && quantity <= tally.atLeast(cycleId);
        if (open !== null && !isCertain) world.violate('I8', `${ref} is decided while ${open}.`);
      }
    },
  });
  return { stepped: read };
}

/** The broker's position was the same twice and counts them: the book follows it (seed 16384). */
const NEVER_CAME = /reported filled never came as executions/;

class Tally {
  /** By order: contracts that a status called filled, and that were counted. */
  private readonly told = new Map<string, number>();
  private readonly counted = new Map<string, number>();
  /** Orders of a cycle of which a status or a fill was heard. */
  private readonly refs = new Map<string, Set<string>>();

  take({ event, facts }: JournalEntry): void {
    if (event.type === 'OrderStatusReported') {
      const { orderRef, filled } = event;
      this.told.set(orderRef, Math.max(filled, this.told.get(orderRef) ?? 0));
      this.note(orderRef);
    }
    for (const fact of facts) {
      if (fact.type === 'OrderFilled') {
        this.counted.set(fact.ref, (this.counted.get(fact.ref) ?? 0) + fact.quantity);
        this.note(fact.ref);
      }
      if (fact.type === 'OrderAnomaly' && NEVER_CAME.test(fact.text))
        this.counted.set(fact.ref, this.told.get(fact.ref) ?? 0);
    }
  }

  private note(ref: string): void {
    const refs = this.refs.get(cycleOf(ref)) ?? new Set();
    this.refs.set(cycleOf(ref), refs.add(ref));
  }

  /** Contracts that the cycle holds by what was counted and by what was told. */
  atLeast(cycleId: string): number {
    let [counted, told] = [0, 0];
    for (const ref of this.refs.get(cycleId) ?? []) {
      const sign = roleOf(ref) === 'entry' ? 1 : -1;
      const fills = this.counted.get(ref) ?? 0;
      counted += sign * fills;
      told += sign * Math.max(fills, this.told.get(ref) ?? 0);
    }
    return Math.min(counted, told);
  }

  unsettled(cycleId: string): string | null {
    for (const ref of this.refs.get(cycleId) ?? []) {
      const [told, counted] = [this.told.get(ref) ?? 0, this.counted.get(ref) ?? 0];
      if (told > counted) return `${told} of ${ref} are told as filled and ${counted} are counted`;
    }
    return null;
  }
}
