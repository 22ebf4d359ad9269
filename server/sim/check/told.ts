/** Critical alerts, counted by the instrument that they name: that a person was told of one position says nothing of another. */
import type { Command } from '../../engine/model/command';

export class Told {
  private readonly times = new Map<string, number>();

  hear(command: Command): void {
    if (command.type !== 'SendAlert' || command.severity !== 'critical') return;
    for (const word of new Set(command.text.match(/\b[A-Z]{2,}\b/g)))
      this.times.set(word, (this.times.get(word) ?? 0) + 1);
  }

  /** How often a person was told of it. */
  of(symbol: string): number {
    return this.times.get(symbol) ?? 0;
  }
}
