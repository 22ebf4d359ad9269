// The last trades of each contract, for whoever asks for ticks of the past. Invariant: oldest first, never more than `max` of them after a cut.
import type { Trade } from './market';

export class TradeMemory {
  private readonly trades = new Map<number, Trade[]>();

  /** @param max trades remembered of each contract; 0 remembers none */
  constructor(private readonly max: number) {}

  note(trade: Trade): void {
    if (this.max === 0) return;
    const known = this.trades.get(trade.conId);
    if (known === undefined) this.trades.set(trade.conId, [trade]);
    else known.push(trade);
    // Cut in bulk: one at a time would move the whole list with each trade.
    if (known !== undefined && known.length >= 2 * this.max) known.splice(0, known.length - this.max);
  }

  /** The last trade at or before `ts`, as far as trades are remembered. */
  at(conId: number, ts: number): Trade | undefined {
    const known = this.trades.get(conId) ?? [];
    let [low, high] = [0, known.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((known[middle]?.ts ?? 0) <= ts) low = middle + 1;
      else high = middle;
    }
    return known[low - 1];
  }

  of(conId: number): readonly Trade[] {
    return (this.trades.get(conId) ?? []).slice(-this.max);
  }
}
