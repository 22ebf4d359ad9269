/**
 * What the broker speaks of, remembered for as long as it may speak of it again. An order that works is shown in every report, and the engine
 * asks for one each 25 s; what has ended is repeated until midnight (ib-protocol 3.8, 3.11). So what was not shown for longer than the longest
 * day ended before the last midnight, and nobody names it again. After a longer absence every working order is shown before it is spoken of.
 */
import type { Clock } from '../../ports';
import { LONGEST_DAY_MS } from './translate/time';

export interface SpokenOf<K, V> {
  /** It was placed, or shown as an open order. What nobody can speak of any more is forgotten. */
  note(key: K, value: V): void;
  of(key: K): V | undefined;
  /** Nothing more is to be expected of it. */
  forget(key: K): void;
  values(): readonly V[];
  /** Bound: what was noted within the longest day. */
  readonly size: number;
}

export function spokenOf<K, V>(clock: Pick<Clock, 'now'>): SpokenOf<K, V> {
  /** In the order in which they were noted last, with the exchange time of that; 0: before the broker had told its time. */
  const table = new Map<K, { value: V; notedTs: number }>();

  function forgetOld(nowTs: number): void {
    for (const [key, known] of table) {
      if (known.notedTs === 0) known.notedTs = nowTs;
      else if (nowTs - known.notedTs < LONGEST_DAY_MS) return;
      else table.delete(key);
    }
  }

  return {
    note: (key, value) => {
      const { ts } = clock.now();
      table.delete(key);
      table.set(key, { value, notedTs: ts });
      forgetOld(ts);
    },
    of: (key) => table.get(key)?.value,
    forget: (key) => void table.delete(key),
    values: () => [...table.values()].map(({ value }) => value),
    get size() {
      return table.size;
    },
  };
}
