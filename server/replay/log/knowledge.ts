/** What the bot knows at a moment, by its own lines: positions, the price, the last signal, advice and wish, and the lines that say so. */
import { signOf } from '../../engine/model/order';
import type { Evidence } from '../model/order-case';
import type { Context, Draft, Wish } from './draft';
import type { LogEntry, Said } from './said';

/** A signal, an answer or a wish that is older says nothing of this order. */
export const BEFORE_MS = 120_000;
/** Lines of a wish that are shown with its order. */
const WISH_LINES = 8;

export type Learnt = Extract<
  Said,
  { kind: 'price' | 'position' | 'signal' | 'advice' | 'unenforced' | 'levels' }
>;
export type Wished = Extract<Said, { kind: 'exit wanted' | 'entry wanted' | 'limit' | 'stop' | 'target' }>;

export class Knowledge {
  private context: Context = { signal: null, advice: null, positions: {}, market: null, wish: null };
  private latest: LogEntry[] = [];

  /** Computed levels are only quoted: nothing says that they were sent. */
  learn(entry: LogEntry, said: Learnt): void {
    this.context = { ...this.context, ...learnt(this.context, said, entry.ts) };
    // a price is told too often to be quoted
    if (said.kind !== 'price') this.remember(entry);
  }

  /** The last few lines that an order may rest on. */
  private remember(entry: LogEntry): void {
    const same = this.latest.filter(
      ({ said, ts }) => said?.kind !== entry.said?.kind && entry.ts - ts <= BEFORE_MS,
    );
    this.latest = [...same, entry];
  }

  /** Each placing begins a wish of its own; what belongs to one comes within seconds. */
  wish(said: Wished, ts: number, line: Evidence): void {
    const begins = said.kind === 'exit wanted' || said.kind === 'entry wanted';
    const known = recent(this.context.wish, ts);
    const turns =
      said.kind === 'entry wanted' ? known?.exit === true : said.kind === 'exit wanted' && known?.entry;
    const last = known && !turns ? known : emptyWish(ts);
    const evidence = [...last.evidence.slice(-WISH_LINES), line];
    const wish = { ...last, ...wished(last, said), ts: begins ? ts : last.ts, evidence };
    this.context = { ...this.context, wish };
  }

  /** The wish is the order's from now on; a child has none of its own. */
  handTo(child: boolean, ts: number): { context: Context; lines: readonly LogEntry[] } {
    const { signal, advice, wish, market, positions } = this.context;
    const context: Context = {
      positions,
      market: recent(market, ts),
      signal: recent(signal, ts),
      advice: recent(advice, ts),
      wish: child ? null : recent(wish, ts),
    };
    if (!child) this.context = { ...this.context, wish: null };
    return { context, lines: child ? [] : this.latest.filter((line) => ts - line.ts <= BEFORE_MS) };
  }

  executed({ side, symbol }: Draft, quantity: number, ts: number): void {
    const { positions } = this.context;
    const before = symbol === null ? undefined : positions[symbol];
    if (side === null || symbol === null || !before) return;
    const after = Math.round(before.quantity + signOf(side) * quantity);
    this.context = {
      ...this.context,
      positions: { ...positions, [symbol]: { quantity: after, ts, by: 'executions' } },
    };
  }
}

export function recent<T extends { ts: number }>(known: T | null, ts: number): T | null {
  return known !== null && Math.abs(ts - known.ts) <= BEFORE_MS ? known : null;
}

function learnt({ positions, advice }: Context, said: Learnt, ts: number): Partial<Context> {
  switch (said.kind) {
    case 'price':
      return { market: { ts, price: said.price, by: 'price read' } };
    case 'position':
      return { positions: { ...positions, [said.symbol]: { quantity: said.quantity, ts, by: 'broker' } } };
    case 'signal': {
      const { kind: _, ...signal } = said;
      return { signal: { ts, ...signal } };
    }
    case 'advice':
      return { advice: { ts, verdict: said.verdict, confidence: said.confidence, enforced: null } };
    case 'unenforced':
      return advice === null ? {} : { advice: { ...advice, enforced: false } };
    case 'levels':
      return {};
  }
}

function wished({ position }: Wish, said: Wished): Partial<Wish> {
  switch (said.kind) {
    case 'exit wanted':
      return { exit: true, position: said.position ?? position };
    case 'entry wanted':
      return { entry: true, position: said.position ?? position };
    case 'limit':
      return { limit: said.price };
    case 'stop':
    case 'target':
      return { bracketed: true, [said.kind]: said.price };
  }
}

function emptyWish(ts: number): Wish {
  return {
    ts,
    exit: false,
    entry: false,
    position: null,
    limit: null,
    stop: null,
    target: null,
    bracketed: false,
    evidence: [],
  };
}
