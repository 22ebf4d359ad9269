/**
 * IB allows 50 messages a second. As many as that leave at once; what must wait waits in two lines, and what reduces risk goes first. An order's
 * own messages never overtake one another (a cancel that came before its order would cancel nothing), and an entry that still waits can be
 * withdrawn: then it never leaves.
 */
import type { Cancel, Clock } from '../../ports';

/** Fewer than allowed: the network may bunch what left apart. */
export const MESSAGES = 45;
const SPAN_MS = 1_000;
/** An entry that waited for so long was decided in another market, or before the machine slept (L7). */
const STALE_MS = 2_000;

export interface Parcel {
  /** Of the orders that it is about, one a message; none for a question. What is in one parcel leaves together. */
  orderIds: readonly number[];
  /** It reduces risk, or somebody waits for it as a sign of life. */
  urgent: boolean;
  /** Its orders are new ones that may open a position; called when they will never leave. */
  withdrawn?(why: string): void;
}

export interface Turnstile {
  /**
   * @returns true when it is to be written now
   * @param later writes it when its turn comes; must not throw
   */
  enter(parcel: Parcel, later: () => void): boolean;
  /** Takes an entry that waits out of its line. @returns false when it does not wait: it has left. */
  withdraw(orderId: number): boolean;
  /** What waits is never sent: it belonged to that connection. */
  close(): void;
}

interface Waiting {
  parcel: Parcel;
  later(): void;
  sinceHostMs: number;
}

const sizeOf = ({ orderIds }: Parcel) => Math.max(1, orderIds.length);

export function createTurnstile(clock: Pick<Clock, 'now' | 'after'>): Turnstile {
  /** Host times of the messages of the last second, ms. */
  const left: number[] = [];
  const urgent: Waiting[] = [];
  const others: Waiting[] = [];
  let opens: Cancel | null = null;
  let closed = false;

  function hasRoom(parcel: Parcel): boolean {
    const { hostMs } = clock.now();
    // a clock that was set back must not close it
    while (left[0] !== undefined && Math.abs(hostMs - left[0]) >= SPAN_MS) left.shift();
    return left.length + sizeOf(parcel) <= MESSAGES;
  }

  function count(parcel: Parcel): void {
    const { hostMs } = clock.now();
    for (let n = sizeOf(parcel); n > 0; n--) left.push(hostMs);
  }

  function letThrough(): void {
    opens = null;
    for (;;) {
      const line = urgent.length > 0 ? urgent : others;
      const next = line[0];
      if (next === undefined || closed) return;
      if (next.parcel.withdrawn && clock.now().hostMs - next.sinceHostMs >= STALE_MS) {
        line.shift();
        next.parcel.withdrawn('It waited too long to leave.');
        continue;
      }
      if (!hasRoom(next.parcel)) break;
      line.shift();
      count(next.parcel);
      next.later();
    }
    const { hostMs } = clock.now();
    opens = clock.after(Math.max(1, SPAN_MS - (hostMs - (left[0] ?? hostMs))), letThrough);
  }

  function lineOf({ urgent: first, orderIds }: Parcel): Waiting[] {
    const behindItself = others.some((waiting) =>
      waiting.parcel.orderIds.some((orderId) => orderIds.includes(orderId)),
    );
    return first && !behindItself ? urgent : others;
  }

  return {
    enter: (parcel, later) => {
      if (closed) return false;
      const line = lineOf(parcel);
      const mustWait = urgent.length > 0 || (line === others && others.length > 0);
      if (!mustWait && hasRoom(parcel)) {
        count(parcel);
        return true;
      }
      line.push({ parcel, later, sinceHostMs: clock.now().hostMs });
      if (opens === null) letThrough();
      return false;
    },
    withdraw: (orderId) => {
      const at = others.findIndex(({ parcel }) => parcel.withdrawn && parcel.orderIds.includes(orderId));
      if (at < 0) return false;
      const [waiting] = others.splice(at, 1);
      waiting?.parcel.withdrawn?.('It was cancelled while it waited to leave.');
      return true;
    },
    close: () => {
      closed = true;
      opens?.();
    },
  };
}
