/** IB's pace for historical requests of one client (ib-protocol 3.12): none alike within 15 s, fewer than 6 of a kind in 2 s, 60 in 10 min. */

const SECOND_MS = 1000;
const ALIKE_MS = 15 * SECOND_MS;
const KIND = { perMs: 2 * SECOND_MS, max: 5 };
const ALL = { perMs: 600 * SECOND_MS, max: 60 };

export class HistoryPacing {
  private readonly past: { at: number; request: string; kind: string }[] = [];

  constructor(private readonly wallMs: () => number = Date.now) {}

  /**
   * Counts one request; false when it comes too soon, and then it does not count.
   * @param request all that was asked; @param kind contract and kind of data
   */
  admits(request: string, kind: string): boolean {
    const now = this.wallMs();
    const since = (ms: number) => this.past.filter(({ at }) => now - at < ms);
    if (since(ALIKE_MS).some((other) => other.request === request)) return false;
    if (since(KIND.perMs).filter((other) => other.kind === kind).length >= KIND.max) return false;
    if (since(ALL.perMs).length >= ALL.max) return false;
    this.past.push({ at: now, request, kind });
    if (this.past.length > ALL.max) this.past.shift();
    return true;
  }
}
