/**
 * IB allows 50 messages a second. What reduces risk waits for nothing but that limit: it has a line of its own, and a part of the limit that
 * nothing else may use. An order's own messages never overtake one another (a cancel that came before its order would cancel nothing), and an
 * entry that still waits can be withdrawn: then it never leaves.
 */
import type { Cancel, Clock } from '../../ports';

/** Fewer than allowed, in a little more than a second: the network may bunch what left apart. */
export const MESSAGES = 45;
export const SPAN_MS = 1_050;
/** Of those, what does not reduce risk: entries, changes of entries, questions. */
export const ORDINARY = 30;
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
  /** IB counted more than allowed, whatever was counted here: nothing leaves for a span, because the third time ends the connection. */
  rest(): void;
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
  /** The messages of the last span: when each left (host time, ms), and whether it was urgent. */
  const left: { hostMs: number; urgent: boolean }[] = [];
  const urgent: Waiting[] = [];
  const others: Waiting[] = [];
  let opens: Cancel | null = null;
  let closed = false;

  function hasRoom(parcel: Parcel): boolean {
    const { hostMs } = clock.now();
    // a clock that was set back must not close it
    while (left[0] !== undefined && Math.abs(hostMs - left[0].hostMs) >= SPAN_MS) left.shift();
    const size = sizeOf(parcel);
    if (left.length + size > MESSAGES) return false;
    return parcel.urgent || left.filter((message) => !message.urgent).length + size <= ORDINARY;
  }

  function count(parcel: Parcel): void {
    const { hostMs } = clock.now();
    for (let n = sizeOf(parcel); n > 0; n--) left.push({ hostMs, urgent: parcel.urgent });
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
    opens = clock.after(Math.max(1, SPAN_MS - (hostMs - (left[0]?.hostMs ?? hostMs))), letThrough);
  }

  /** What waits about the same orders must leave before it, and so is as urgent. */
  function takeAlong(orderIds: readonly number[]): void {
    const about = new Set(orderIds);
    const along: Waiting[] = [];
    for (let at = others.length - 1; at >= 0; at--) {
      const waiting = others[at];
      if (!waiting?.parcel.orderIds.some((orderId) => about.has(orderId))) continue;
      for (const orderId of waiting.parcel.orderIds) about.add(orderId);
      others.splice(at, 1);
      along.unshift({ ...waiting, parcel: { ...waiting.parcel, urgent: true } });
    }
    urgent.push(...along);
  }

  return {
    enter: (parcel, later) => {
      if (closed) return false;
      if (parcel.urgent) takeAlong(parcel.orderIds);
      const mustWait = urgent.length > 0 || (!parcel.urgent && others.length > 0);
      if (!mustWait && hasRoom(parcel)) {
        count(parcel);
        return true;
      }
      (parcel.urgent ? urgent : others).push({ parcel, later, sinceHostMs: clock.now().hostMs });
      opens?.();
      letThrough();
      return false;
    },
    withdraw: (orderId) => {
      for (const line of [urgent, others]) {
        const at = line.findIndex(({ parcel }) => parcel.withdrawn && parcel.orderIds.includes(orderId));
        if (at < 0) continue;
        const [waiting] = line.splice(at, 1);
        waiting?.parcel.withdrawn?.('It was cancelled while it waited to leave.');
        return true;
      }
      return false;
    },
    rest: () => {
      const { hostMs } = clock.now();
      left.splice(0, left.length, ...Array.from({ length: MESSAGES }, () => ({ hostMs, urgent: false })));
    },
    close: () => {
      closed = true;
      opens?.();
    },
  };
}
