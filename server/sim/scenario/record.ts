/** What a scene remembers: everything concluded and commanded, and by the truth how much was held and how long it was bare. */
import type { Command } from '../../engine/model/command';
import type { Fact } from '../../engine/model/fact';
import type { JournalEntry } from '../../engine/model/step';
import type { OrderRecord } from '../../exchange/words';
import type { Watcher, World } from '../world';

export class Record implements Watcher {
  readonly entries: JournalEntry[] = [];
  readonly facts: Fact[] = [];
  readonly commands: Command[] = [];
  /** Contracts, the most that was ever held, by instrument. */
  readonly peak = new Map<string, number>();
  /** Ms at the broker without a working stop for all that was held: in sum, and the longest time. */
  bareMs = 0;
  longestBareMs = 0;
  /** Closing orders that left for more than was held at that moment. */
  ordersAbovePosition = 0;
  private bareSinceMs: number | null = null;

  stepped(_world: World, entries: readonly JournalEntry[]): void {
    for (const entry of entries) {
      this.entries.push(entry);
      this.facts.push(...entry.facts);
    }
  }

  commanded(world: World, command: Command): void {
    this.commands.push(command);
    if (command.type !== 'PlaceOrder') return;
    const { symbol, side, quantity } = command.order;
    const closable = world.truth.position(symbol) * (side === 'SELL' ? 1 : -1);
    if (quantity > closable) this.ordersAbovePosition += 1;
  }

  always(world: World): void {
    const { truth, ms } = world;
    let bare = false;
    for (const symbol of truth.symbols()) {
      const held = truth.position(symbol);
      if (held === 0) continue;
      this.peak.set(symbol, Math.max(this.peak.get(symbol) ?? 0, Math.abs(held)));
      bare ||= coverOf(truth.live(), symbol, held) < Math.abs(held);
    }
    if (this.bareSinceMs !== null) {
      const spanMs = ms - this.bareSinceMs;
      this.longestBareMs = Math.max(this.longestBareMs, spanMs);
      if (!bare) this.bareMs += spanMs;
    }
    this.bareSinceMs = bare ? (this.bareSinceMs ?? ms) : null;
  }
}

/** Contracts that working stops at the broker would close; a child that waits for its parent does not work. */
export function coverOf(live: readonly OrderRecord[], symbol: string, held: number): number {
  const closingSide = held > 0 ? 'SELL' : 'BUY';
  return live
    .filter((order) => order.contract.symbol === symbol && order.action === closingSide)
    .filter((order) => order.orderType === 'STP' || order.orderType === 'STP LMT')
    .filter((order) => !order.whyHeld.includes('child'))
    .reduce((sum, order) => sum + order.remaining, 0);
}
