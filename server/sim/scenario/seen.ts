/** What a scenario looks at: the truth at the broker, the worker's state, and everything it concluded and commanded so far. */
import assert from 'node:assert/strict';
import type { Fact } from '../../engine/model/fact';
import type { OrderRole } from '../../engine/model/ids';
import type { EngineState } from '../../engine/model/state';
import type { OrderRecord } from '../../exchange/words';
import type { Root } from '../act/plan';
import type { World } from '../world';
import { coverOf, Record } from './record';

export abstract class Seen {
  abstract readonly world: World;
  readonly record = new Record();

  get state(): EngineState {
    assert.ok(this.world.state, 'no worker is up');
    return this.world.state;
  }

  /** Signed contracts at the broker, by the truth. */
  position(symbol: Root): number {
    return this.world.truth.position(symbol);
  }

  /** Signed contracts by our own count. */
  book(symbol: Root): number {
    return this.state.positions[symbol]?.quantity ?? 0;
  }

  protection(symbol: Root): string {
    const open = Object.values(this.state.cycles).find(
      (cycle) => cycle.symbol === symbol && cycle.phase === 'open',
    );
    return open?.protection.state ?? 'none';
  }

  /** By the truth: a working stop for all that is held, or nothing is held. */
  covered(symbol: Root): boolean {
    const held = this.position(symbol);
    return coverOf(this.world.truth.live(), symbol, held) >= Math.abs(held);
  }

  /** What works at the broker, in words: `stop SELL 2`. */
  working(symbol: Root): readonly string[] {
    return this.live(symbol)
      .map((order) => `${roleOf(order)} ${order.action} ${order.remaining}`)
      .sort();
  }

  live(symbol: Root): readonly OrderRecord[] {
    return this.world.truth.live().filter((order) => order.contract.symbol === symbol);
  }

  facts<T extends Fact['type']>(type: T): readonly Extract<Fact, { type: T }>[] {
    return this.record.facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);
  }

  /** Why entries were denied, one list each. */
  denials(): readonly (readonly string[])[] {
    return this.facts('EntryDenied').map((fact) => fact.reasons);
  }

  /** Orders that were sent in that role. */
  sent(role: OrderRole) {
    return this.record.commands
      .flatMap((command) => {
        if (command.type === 'PlaceBracket') return [command.entry, command.target, command.stop];
        return command.type === 'PlaceOrder' ? [command.order] : [];
      })
      .filter((order) => order.role === role);
  }

  /** Orders of that role that were commanded within any minute, at most. */
  mostInAMinute(role: OrderRole): number {
    const times = this.record.entries.flatMap(({ hostMs, commands }) =>
      commands.flatMap((command) =>
        command.type === 'PlaceOrder' && command.order.role === role ? [hostMs] : [],
      ),
    );
    return Math.max(0, ...times.map((from) => times.filter((ms) => ms >= from && ms < from + 60_000).length));
  }

  /** Cancels that we asked for, of that role. */
  cancelled(role: OrderRole) {
    return this.facts('OrderCancelRequested').filter((fact) => fact.role === role);
  }

  criticals(): readonly string[] {
    return this.record.commands.flatMap((command) =>
      command.type === 'SendAlert' && command.severity === 'critical' ? [command.text] : [],
    );
  }
}

function roleOf({ orderRef }: OrderRecord): string {
  return orderRef === '' ? 'manual' : (orderRef.split(':')[1]?.split('-')[0] ?? orderRef);
}
