// Where bid and ask stand around a last price: one tick apart, by the tick rule.
// A trade above the one before took the ask, one below hit the bid; an unchanged price keeps its side.

export class Touch {
  private last: number | undefined;
  private lastTookAsk = false;

  /** Moves to a new last price (ticks) and returns the touch; the very first trade counts as one at the bid. */
  around(last: number): { readonly bid: number; readonly ask: number } {
    if (this.last !== undefined && last !== this.last) this.lastTookAsk = last > this.last;
    this.last = last;
    return this.lastTookAsk ? { bid: last - 1, ask: last } : { bid: last, ask: last + 1 };
  }
}
