/** What one entry of the bot's log says. Numbers as written; null is "not said" or, of a stop and a target, `None`. */
import type { Side } from '../../engine/model/order';

export type Said =
  | { kind: 'signal'; action: string; confidence: number; trend: string; volatility: string }
  | { kind: 'advice'; verdict: 'GO' | 'WAIT'; confidence: number | null }
  /** The advisor's WAIT was not obeyed. */
  | { kind: 'unenforced' }
  | { kind: 'position'; symbol: string; quantity: number }
  | { kind: 'price'; price: number }
  /** What was told to the operator of an order: its stop and target are those that were sent. */
  | {
      kind: 'alert';
      side: Side;
      quantity: number;
      price: number;
      stop: number | null;
      target: number | null;
    }
  /** The levels that the strategy computed, sent or not. */
  | {
      kind: 'levels';
      side: Side | null;
      entry: number | null;
      stop: number | null;
      target: number | null;
    }
  | { kind: 'exit wanted'; side: Side | null; quantity: number | null; position: number | null }
  | { kind: 'entry wanted'; position: number | null; stop: number | null; target: number | null }
  | { kind: 'limit' | 'stop' | 'target'; price: number }
  | {
      kind: 'recorded';
      orderId: number;
      action: string;
      side: Side;
      quantity: number;
      symbol: string;
    }
  | OrderSaid
  | { kind: 'child'; orderId: number; parentId: number; role: 'stop' | 'target' }
  | { kind: 'status'; orderId: number; status: string; filled: number | null; average: number | null }
  | { kind: 'execution'; orderId: number; quantity: number; price: number }
  /** An order that the bot held back. */
  | { kind: 'suppressed' };

/** What the bot's lines say of an order, each of them some of it. */
export interface OrderFields {
  action: string | null;
  side: Side | null;
  quantity: number | null;
  symbol: string | null;
  type: 'LMT' | 'MKT' | null;
  limit: number | null;
  lastTradeDate: string | null;
  status: string | null;
}

export const NOTHING_SAID: OrderFields = {
  action: null,
  side: null,
  quantity: null,
  symbol: null,
  type: null,
  limit: null,
  lastTradeDate: null,
  status: null,
};

export interface OrderSaid extends OrderFields {
  kind: 'order';
  orderId: number;
  /** The bot calls it an exit. */
  exit: boolean;
  child: boolean;
  submitted: boolean;
}

/** One entry of a log, where it stands, and what it says; null when it looks like the bot's and cannot be read. */
export interface LogEntry {
  source: string;
  line: number;
  ts: number;
  said: Said | null;
  /** Its bytes, one character each: `quoted` makes letters of them. */
  text: string;
}

/** An entry as a person reads it; most are never shown, so it is made when one is. */
export function quoted({ text }: Pick<LogEntry, 'text'>): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}
