/** When a position stood without a stop that covers all of it. */

/** A stop that worked, and how many contracts it would have closed. */
export interface Cover {
  fromTs: number;
  /** Infinity when it still worked at the end. */
  toTs: number;
  /** What it closes: a sell stop covers long contracts, a buy stop short ones. */
  side: 'BUY' | 'SELL';
  quantity: number;
}

/** A span in which contracts were held that no stop covered; `toTs` is Infinity when it never ended. */
export interface Bare {
  fromTs: number;
  toTs: number;
  /** The most contracts that were bare in it. */
  contracts: number;
}

interface Turn {
  ts: number;
  /** Signed contracts. */
  position: number;
  /** Contracts that the sell stops cover, and the buy stops. */
  sell: number;
  buy: number;
}

/** @param fills signed contracts by time. @returns the bare spans in the order of time; a span of no length is none. */
export function bareSpans(
  fills: readonly { ts: number; quantity: number }[],
  covers: readonly Cover[],
): readonly Bare[] {
  const spans: Bare[] = [];
  let open = null as Omit<Bare, 'toTs'> | null;
  const held = { position: 0, sell: 0, buy: 0 };
  for (const [ts, turns] of byTime(turnsOf(fills, covers))) {
    for (const turn of turns) {
      held.position += turn.position;
      held.sell += turn.sell;
      held.buy += turn.buy;
    }
    const contracts = bareContracts(held);
    if (contracts > 0) {
      const since = open ?? { fromTs: ts, contracts };
      open = { ...since, contracts: Math.max(since.contracts, contracts) };
    } else if (open !== null) {
      spans.push({ ...open, toTs: ts });
      open = null;
    }
  }
  return open === null ? spans : [...spans, { ...open, toTs: Number.POSITIVE_INFINITY }];
}

/** @returns ms of the longest span; zero when there is none. */
export function longestBareMs(spans: readonly Bare[]): number {
  return spans.reduce((longest, { fromTs, toTs }) => Math.max(longest, toTs - fromTs), 0);
}

function bareContracts({ position, sell, buy }: Omit<Turn, 'ts'>): number {
  return Math.max(0, position > 0 ? position - sell : -position - buy);
}

function turnsOf(fills: readonly { ts: number; quantity: number }[], covers: readonly Cover[]): Turn[] {
  const turns: Turn[] = fills.map(({ ts, quantity }) => ({ ts, position: quantity, sell: 0, buy: 0 }));
  for (const { fromTs, toTs, side, quantity } of covers) {
    const works = { position: 0, sell: side === 'SELL' ? quantity : 0, buy: side === 'BUY' ? quantity : 0 };
    turns.push({ ...works, ts: fromTs });
    if (Number.isFinite(toTs)) turns.push({ ts: toTs, position: 0, sell: -works.sell, buy: -works.buy });
  }
  return turns;
}

/** What happens at one instant happens at once: a fill and the stop that it sets to work leave nothing bare. */
function byTime(turns: readonly Turn[]): Map<number, Turn[]> {
  const grouped = new Map<number, Turn[]>();
  for (const turn of [...turns].sort((a, b) => a.ts - b.ts)) {
    const same = grouped.get(turn.ts);
    if (same === undefined) grouped.set(turn.ts, [turn]);
    else same.push(turn);
  }
  return grouped;
}
