/** Orders of which more may be said, in the order of their placing; children hang on theirs. */
import type { Draft } from './draft';

const DAY_MS = 86_400_000;
/** So long after its last word an order that has ended is taken as told. */
const QUIET_MS = 600_000;

export class OpenOrders {
  private open: Draft[] = [];
  private readonly byId = new Map<number, Draft>();

  get(orderId: number): Draft | undefined {
    return this.byId.get(orderId);
  }

  add(draft: Draft): void {
    this.byId.set(draft.orderId, draft);
    let at = this.open.length;
    while (at > 0 && isBefore(draft, this.open[at - 1] as Draft)) at -= 1;
    this.open.splice(at, 0, draft);
  }

  hang(child: Draft, parentId: number): void {
    const parent = child.parentId === null ? this.byId.get(parentId) : undefined;
    if (!parent || parent === child) return;
    parent.children.push(child);
    this.open = this.open.filter((other) => other !== child);
  }

  /**
   * Orders of which no more is expected: they have ended, or a day has passed. They are forgotten here.
   * @param ts null: the log has ended.
   */
  settled(ts: number | null): readonly Draft[] {
    const waits = this.open.findIndex((draft) => ts !== null && !isSettled(draft, ts));
    if (waits === 0) return [];
    const told = this.open.splice(0, waits === -1 ? this.open.length : waits);
    for (const draft of told.flatMap((one) => [one, ...one.children])) {
      if (this.byId.get(draft.orderId) === draft) this.byId.delete(draft.orderId);
    }
    return told;
  }
}

function isBefore(one: Draft, other: Draft): boolean {
  return one.ts < other.ts || (one.ts === other.ts && one.orderId < other.orderId);
}

/** Of a day order nothing is said on the next day. */
function isSettled(draft: Draft, ts: number): boolean {
  return ts - draft.ts > DAY_MS || [draft, ...draft.children].every((one) => hasEnded(one, ts));
}

function hasEnded({ status, heardTs }: Draft, ts: number): boolean {
  return /^(Filled|Cancelled|ApiCancelled|Inactive)$/.test(status ?? '') && ts - heardTs > QUIET_MS;
}
