/**
 * IB's pace for what its history servers give one client (ib-protocol 3.12): no request alike within 15 s, fewer than 6 of a kind in 2 s,
 * 60 in 10 min; and a stream of ticks of one instrument and kind begins once in 15 s.
 */

const SECOND_MS = 1000;
const ALIKE_MS = 15 * SECOND_MS;
const KIND = { perMs: 2 * SECOND_MS, max: 5 };
const ALL = { perMs: 600 * SECOND_MS, max: 60 };

export class HistoryPacing {
  private readonly past: { at: number; request: string; kind: string }[] = [];

  private readonly streamsBegun = new Map<string, number>();

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

  /** Counts the begin of one stream; false when the last of that instrument and kind began too short a time ago. */
  admitsStream(kind: string): boolean {
    const now = this.wallMs();
    const begun = this.streamsBegun.get(kind);
    if (begun !== undefined && now - begun < ALIKE_MS) return false;
    this.streamsBegun.set(kind, now);
    return true;
  }
}
