/** A sum over everything that was journaled and everything that filled: two runs of one plan must have the same (determinism is tested, not hoped for). */
import type { JournalEntry } from '../engine/model/step';
import type { Watcher, World } from './world';

export class Digest implements Watcher {
  private hash = 0x811c9dc5;

  stepped(_world: World, entries: readonly JournalEntry[]): void {
    for (const entry of entries) this.add(JSON.stringify(entry));
  }

  text({ truth, ms }: World): string {
    for (const { execution, after } of truth.fills)
      this.add(`${execution.execId} ${execution.price} ${after}`);
    this.add(String(ms));
    return (this.hash >>> 0).toString(16).padStart(8, '0');
  }

  /** FNV-1a. */
  private add(text: string): void {
    for (let at = 0; at < text.length; at++)
      this.hash = Math.imul(this.hash ^ text.charCodeAt(at), 0x01000193);
  }
}
