/**
 * What the account would have made behind the guards: entries that pass go to the exchange model with their brackets and trade on the tape;
 * an exit closes what is held through the bracket's own group, and can do nothing else.
 */
import { Exchange } from '../../exchange/exchange';
import type { Tape } from '../../exchange/tape';
import { tapeMarket } from '../../exchange/tape-market';
import { toMicros, toTicks } from '../../exchange/units';
import type { Action, ExchangeEvent, OrderStatus, ProductSymbol } from '../../exchange/words';
import type { AccountFill } from './account';
import type { Cover } from './cover';

/** What a bot wanted, and when. Prices in points; null where it named none. */
export interface Wish {
  id: string;
  ts: number;
  action: Action;
  quantity: number;
  limit: number | null;
  stop: number | null;
  target: number | null;
}

/** The account at the moment of a wish, as the guards may want it. */
export interface AccountNow {
  ts: number;
  /** Signed contracts. */
  position: number;
  /** An entry that works at the exchange, or an exit that has not filled. */
  inFlight: boolean;
  /** Points; undefined while the market is closed. */
  bid: number | undefined;
  ask: number | undefined;
  last: number | undefined;
  fills: readonly AccountFill[];
}

/** `enter` needs stop and target: the guards that let it pass have seen them. */
export type Decision = { do: 'enter' | 'exit' } | { do: 'nothing'; why: string };

export interface GuardedRun {
  fills: readonly AccountFill[];
  covers: readonly Cover[];
  decisions: readonly { id: string; decision: Decision }[];
}

interface RunInput {
  tape: Tape;
  symbol: ProductSymbol;
  /** In the order of time; those outside the tape are not tried. */
  wishes: readonly Wish[];
  decide(wish: Wish, now: AccountNow): Decision;
}

const CLIENT = 1;
const STEP_MS = 60_000;
/** An account that no margin stops: the question is what the guards would have done. */
const CASH = 100_000_000;

/** @throws RangeError when `decide` enters a wish without a stop or a target: no such order may exist. */
export function runGuarded({ tape, symbol, wishes, decide }: RunInput): GuardedRun {
  const startTs = tape.bars[0]?.ts ?? 0;
  const endTs = (tape.bars.at(-1)?.ts ?? 0) + STEP_MS;
  const exchange = new Exchange({
    seed: 1,
    startTs,
    market: tapeMarket(tape, { symbol }),
    startingCash: CASH,
  });
  const desk = new TapeDesk(exchange, symbol);
  const decisions: { id: string; decision: Decision }[] = [];
  for (const wish of wishes) {
    if (wish.ts < exchange.now || wish.ts >= endTs) continue;
    desk.advanceTo(wish.ts);
    const decision = decide(wish, desk.now());
    decisions.push({ id: wish.id, decision });
    if (decision.do === 'enter') desk.enter(wish);
    if (decision.do === 'exit') desk.exit();
  }
  desk.advanceTo(endTs);
  return { fills: desk.fills, covers: desk.covers(), decisions };
}

/** Places brackets and exits on the exchange model, and hears what became of them. */
class TapeDesk {
  readonly fills: AccountFill[] = [];
  private readonly ended: Cover[] = [];
  private readonly stops = new Map<number, { side: Action; works: Omit<Cover, 'toTs'> | null }>();
  private readonly openers = new Set<number>();
  private readonly commissions = new Map<string, AccountFill>();
  private position = 0;
  private group = '';

  constructor(
    private readonly exchange: Exchange,
    private readonly symbol: ProductSymbol,
  ) {}

  advanceTo(ts: number): void {
    while (this.exchange.now < ts)
      this.hear(this.exchange.advanceTo(Math.min(ts, this.exchange.now + STEP_MS)));
  }

  now(): AccountNow {
    const [contract] = this.exchange.contracts({ symbol: this.symbol });
    const quote = contract && this.exchange.quote(contract.contract.conId);
    return {
      ts: this.exchange.now,
      position: this.position,
      inFlight: this.openers.size > 0,
      bid: quote?.bid,
      ask: quote?.ask,
      last: quote?.last,
      fills: this.fills,
    };
  }

  enter({ id, action, quantity, limit, stop, target }: Wish): void {
    if (stop === null || target === null) throw new RangeError(`${id} has no bracket and cannot be entered`);
    const parentId = this.exchange.nextValidId(CLIENT);
    const closing = action === 'BUY' ? 'SELL' : 'BUY';
    this.group = id;
    const order = { ...this.common(), totalQuantity: quantity };
    const child = { ...order, action: closing, parentId, ocaGroup: id, ocaType: 1 } as const;
    this.openers.add(parentId);
    this.stops.set(parentId + 2, { side: closing, works: null });
    const entry =
      limit === null ? { orderType: 'MKT' as const } : { orderType: 'LMT' as const, lmtPrice: limit };
    this.hear([
      ...this.exchange.placeOrder({
        ...order,
        ...entry,
        orderId: parentId,
        action,
        tif: 'DAY',
        transmit: false,
      }),
      ...this.exchange.placeOrder({
        ...child,
        orderId: parentId + 1,
        orderType: 'LMT',
        lmtPrice: target,
        transmit: false,
      }),
      ...this.exchange.placeOrder({
        ...child,
        orderId: parentId + 2,
        orderType: 'STP',
        auxPrice: stop,
        transmit: true,
      }),
    ]);
  }

  /** Size and side come from what is held; the group's other members go when it fills. */
  exit(): void {
    if (this.position === 0) return;
    const orderId = this.exchange.nextValidId(CLIENT);
    const action = this.position > 0 ? 'SELL' : 'BUY';
    this.openers.add(orderId);
    this.hear(
      this.exchange.placeOrder({
        ...this.common(),
        orderId,
        action,
        totalQuantity: Math.abs(this.position),
        orderType: 'MKT',
        ocaGroup: this.group,
        ocaType: 1,
        transmit: true,
      }),
    );
  }

  covers(): readonly Cover[] {
    const working = [...this.stops.values()].flatMap(({ works }) =>
      works === null ? [] : [{ ...works, toTs: Number.POSITIVE_INFINITY }],
    );
    return [...this.ended, ...working];
  }

  private common() {
    return { clientId: CLIENT, contract: { symbol: this.symbol }, tif: 'GTC', outsideRth: true } as const;
  }

  private hear(events: readonly ExchangeEvent[]): void {
    for (const event of events) {
      if (event.kind === 'orderStatus') this.hearStatus(event.status, event.ts);
      if (event.kind === 'commissionReport') {
        const fill = this.commissions.get(event.report.execId);
        if (fill !== undefined) fill.commissionMicros = toMicros(event.report.commission);
      }
      if (event.kind !== 'execDetails') continue;
      const { side, shares, price, execId } = event.execution;
      const quantity = side === 'BOT' ? shares : -shares;
      const fill = { ts: event.ts, quantity, ticks: ticksOf(price), commissionMicros: 0 };
      this.position += quantity;
      this.fills.push(fill);
      this.commissions.set(execId, fill);
    }
  }

  private hearStatus({ orderId, status, remaining, whyHeld }: OrderStatus, ts: number): void {
    const over =
      status === 'Filled' || status === 'Cancelled' || status === 'Inactive' || status === 'ApiCancelled';
    if (over) this.openers.delete(orderId);
    const stop = this.stops.get(orderId);
    if (stop === undefined) return;
    const works = !over && !whyHeld.includes('child');
    const changed = stop.works?.quantity !== (works ? remaining : undefined);
    if (!changed) return;
    if (stop.works !== null) this.ended.push({ ...stop.works, toTs: ts });
    stop.works = works ? { fromTs: ts, side: stop.side, quantity: remaining } : null;
  }
}

/** @throws RangeError: the model fills on the grid and nowhere else. */
function ticksOf(price: number): number {
  const ticks = toTicks(price);
  if (ticks === undefined) throw new RangeError(`a fill at ${price} is off the tick grid`);
  return ticks;
}
