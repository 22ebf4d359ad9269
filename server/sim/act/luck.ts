/** What a seed decides. */
import type { Random } from '../../exchange/random';

export class Draw {
  constructor(readonly random: Random) {}

  chance(p: number): boolean {
    return this.random.unit() < p;
  }

  between(least: number, most: number): number {
    return least + this.random.below(most - least + 1);
  }

  pick<T>(values: readonly T[]): T {
    return values[this.random.below(values.length)] as T;
  }
}
