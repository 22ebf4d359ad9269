// A bench for tests: an exchange whose market trades exactly what the test says, and events as short lines.
import { frontContract, listedFrom, SYMBOLS } from '../contracts';
import { Exchange } from '../exchange';
import type { Market, Move, TickBar } from '../market';
import type { ExchangeOptions } from '../options';
import { type Calendar, globexCalendar } from '../sessions';
import { toTicks } from '../units';
import type { Contract, ExchangeEvent, OrderRequest, ProductSymbol } from '../words';

/** Wednesday 2025-11-12, 09:00 in Chicago: liquid hours; the front contract is that of December. */
export const START_TS = 1_762_959_600_000;
export const SECOND = 1_000;
const HOUR = 3600 * SECOND;

class ScriptedMarket implements Market {
  readonly description = 'a scripted market';
  readonly listed: readonly Contract[];
  readonly calendar: Calendar = globexCalendar();
  readonly moves: Move[] = [];

  constructor(ts: number) {
    this.listed = SYMBOLS.flatMap((symbol) => listedFrom(frontContract(symbol, ts)));
  }

  history(): readonly TickBar[] {
    return [];
  }

  nextTs(): number {
    return this.moves[0]?.ts ?? Number.POSITIVE_INFINITY;
  }

  next(): Move {
    const move = this.moves.shift();
    if (move === undefined) throw new Error('the script is over');
    return move;
  }
}

interface Spread {
  readonly symbol?: ProductSymbol;
  readonly bid?: number;
  readonly ask?: number;
  /** Contracts at the touch. */
  readonly size?: number;
}

type Draft = Partial<OrderRequest> & Pick<OrderRequest, 'orderId' | 'action' | 'orderType'>;

type BracketDraft = Pick<OrderRequest, 'ocaGroup' | 'ocaType'> & {
  readonly quantity?: number;
  readonly entry?: number | 'market';
};

type BenchOptions = Partial<Omit<ExchangeOptions, 'market'>>;

export class Bench {
  /** 16:00 in Chicago on the day of START_TS. */
  static readonly SESSION_END = START_TS + 7 * HOUR;
  /** 17:00 in Chicago on Sunday 2025-11-16. */
  static readonly SUNDAY_OPEN = START_TS + 4 * 24 * HOUR + 8 * HOUR;

  /** 20:00 in Chicago: open, not liquid. */
  static evening(options: BenchOptions = {}): Bench {
    return new Bench({ ...options, startTs: START_TS + 11 * HOUR });
  }

  /** Saturday 2025-11-15, 09:00 in Chicago: closed. */
  static saturday(options: BenchOptions = {}): Bench {
    return new Bench({ ...options, startTs: START_TS + 3 * 24 * HOUR });
  }

  readonly exchange: Exchange;
  private readonly market: ScriptedMarket;

  constructor({ startTs = START_TS, ...options }: BenchOptions = {}) {
    this.market = new ScriptedMarket(startTs);
    this.exchange = new Exchange({ seed: 1, startTs, ...options, market: () => this.market });
  }

  contract(symbol: ProductSymbol = 'ES'): Contract {
    return frontContract(symbol, START_TS);
  }

  /** A second later the market trades at `last`; bid and ask are there and a tick above unless said otherwise. */
  trade(last: number, { symbol = 'ES', bid = last, ask = bid + 0.25, size = 20 }: Spread = {}): string[] {
    const ts = this.exchange.now + SECOND;
    this.market.moves.push({
      kind: 'trade',
      ts,
      conId: this.contract(symbol).conId,
      last: ticks(last),
      lastSize: 1,
      bid: ticks(bid),
      ask: ticks(ask),
      bidSize: size,
      askSize: size,
      volume: 1,
    });
    return this.until(ts);
  }

  /** A second later the market closes, as at a gap in a tape. */
  close(symbol: ProductSymbol = 'ES'): string[] {
    const ts = this.exchange.now + SECOND;
    this.market.moves.push({ kind: 'close', ts, conId: this.contract(symbol).conId });
    return this.until(ts);
  }

  until(ts: number): string[] {
    return lines(this.exchange.advanceTo(ts));
  }

  /** Places 1 ES contract, client 7, transmitted, unless said otherwise. */
  place(draft: Draft): string[] {
    return lines(
      this.exchange.placeOrder({
        clientId: 7,
        contract: { conId: this.contract().conId, exchange: 'CME' },
        totalQuantity: 1,
        transmit: true,
        ...draft,
      }),
    );
  }

  /** Entry 1 at 6850 (or at the market), target 2 at 6855, stop 3 at 6845: transmitted with the stop. */
  bracket({ quantity = 1, entry = 6850, ...group }: BracketDraft = {}): string[] {
    const size = { totalQuantity: quantity };
    const exit = { ...size, ...group, action: 'SELL', parentId: 1, tif: 'GTC' } as const;
    const parent =
      entry === 'market'
        ? ({ orderType: 'MKT' } as const)
        : ({ orderType: 'LMT', lmtPrice: entry, tif: 'GTC' } as const);
    return [
      ...this.place({ ...size, ...parent, orderId: 1, action: 'BUY', transmit: false }),
      ...this.place({ ...exit, orderId: 2, orderType: 'LMT', lmtPrice: 6855, transmit: false }),
      ...this.place({ ...exit, orderId: 3, orderType: 'STP', auxPrice: 6845 }),
    ];
  }

  cancel(orderId: number, clientId = 7): string[] {
    return lines(this.exchange.cancelOrder(clientId, orderId));
  }

  cancelAll(): string[] {
    return lines(this.exchange.globalCancel(7));
  }

  position(symbol: ProductSymbol = 'ES'): number {
    const held = this.exchange.positions().find(({ contract }) => contract.symbol === symbol);
    return held?.position ?? 0;
  }
}

function ticks(points: number): number {
  const whole = toTicks(points);
  if (whole === undefined) throw new Error(`${points} is off the tick grid`);
  return whole;
}

/** What was said about orders, one short line an event: quotes and bars are left out. */
export function lines(events: readonly ExchangeEvent[]): string[] {
  return events.map(lineOf).filter((line) => line !== '');
}

function lineOf(event: ExchangeEvent): string {
  switch (event.kind) {
    case 'openOrder':
      return `openOrder ${event.order.orderId} ${event.order.status} x${event.order.totalQuantity}`;
    case 'orderStatus': {
      const { orderId, status, filled, remaining, whyHeld } = event.status;
      return `orderStatus ${orderId} ${status} ${filled}/${remaining} ${whyHeld}`.trimEnd();
    }
    case 'execDetails': {
      const { orderId, side, shares, price } = event.execution;
      return `execDetails ${orderId} ${side} ${shares} @${price}`;
    }
    case 'commissionReport': {
      const { orderId, commission, realizedPNL } = event.report;
      return `commissionReport ${orderId} ${commission} pnl ${realizedPNL ?? 'unset'}`;
    }
    case 'position':
      return `position ${event.position.contract.localSymbol} ${event.position.position}`;
    case 'error':
      return `error ${event.orderId} ${event.code}`;
    case 'orderBound':
      return `orderBound ${event.orderId}`;
    case 'quote':
    case 'bar':
      return '';
  }
}
