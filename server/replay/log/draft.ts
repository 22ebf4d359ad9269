/** An order while the log is read: what was known when it first appeared, and what is said of it later. */
import {
  type Advice,
  type BotSignal,
  type ChildOrder,
  type Evidence,
  type Execution,
  type HeldBefore,
  type Intent,
  keyOf,
  type OrderCase,
} from '../model/order-case';
import { NOTHING_SAID, type OrderFields } from './said';

/** What the bot was about to send, said before the order has a number. */
export interface Wish {
  ts: number;
  exit: boolean;
  entry: boolean;
  /** The bot's own belief. */
  position: number | null;
  limit: number | null;
  stop: number | null;
  target: number | null;
  /** A stop or a target was added to it. */
  bracketed: boolean;
  evidence: Evidence[];
}

/** What the log has told until now. */
export interface Context {
  signal: BotSignal | null;
  advice: Advice | null;
  positions: Readonly<Record<string, HeldBefore>>;
  market: OrderCase['market'];
  wish: Wish | null;
}

export interface Draft extends OrderFields {
  orderId: number;
  ts: number;
  context: Context;
  recorded: boolean;
  filled: number;
  /** When the broker first worked it. */
  workingTs: number | null;
  average: number | null;
  executions: Execution[];
  /** As the operator was told; null until then. */
  alert: { quantity: number; price: number; stop: number | null; target: number | null } | null;
  exit: boolean;
  child: boolean;
  parentId: number | null;
  role: 'stop' | 'target' | null;
  /** Its stop and its target. */
  children: Draft[];
  /** When something was last said of it. */
  heardTs: number;
  evidence: Evidence[];
  notes: string[];
}

export function draftOf(orderId: number, ts: number, context: Context, child: boolean): Draft {
  return {
    orderId,
    ts,
    context,
    recorded: false,
    ...NOTHING_SAID,
    filled: 0,
    workingTs: null,
    average: null,
    executions: [],
    alert: null,
    exit: false,
    child,
    parentId: null,
    role: null,
    children: [],
    heardTs: ts,
    evidence: [],
    notes: [],
  };
}

/** What its own lines leave out is taken from those beside them, where only one answer is possible. */
function completed(draft: Draft): Draft {
  const held = Object.keys(draft.context.positions);
  const [only = null] = held.length === 1 ? held : [];
  return {
    ...draft,
    quantity: draft.quantity ?? draft.alert?.quantity ?? null,
    symbol: draft.symbol ?? only,
    notes:
      draft.symbol === null && only !== null
        ? [...draft.notes, 'Its instrument is not told: taken from the position lines.']
        : draft.notes,
  };
}

/** @returns what the log never says of it, which makes it unreadable as an order; null when it can be judged. */
export function missing(draft: Draft): string | null {
  const { side, quantity, symbol } = completed(draft);
  const parts = [side === null && 'side', quantity === null && 'size', symbol === null && 'instrument'];
  const untold = parts.filter(Boolean).join(' and ');
  return untold === '' && quantity !== 0 ? null : `Nothing tells its ${untold || 'size'}.`;
}

/** @throws when `missing` has an answer: ask it first. */
export function caseOf(read: Draft): OrderCase {
  const draft = completed(read);
  const { children, orderId, ts, side, quantity, symbol, context } = draft;
  if (side === null || quantity === null || symbol === null)
    throw new Error(`Order ${orderId} is not whole.`);
  const asked = askedOf(draft, children);
  const type = draft.type ?? (asked.entryPrice === null ? 'MKT' : 'LMT');
  const untyped = draft.type === null && asked.entryPrice === null;
  return {
    key: keyOf(orderId, ts),
    orderId,
    ts,
    symbol,
    action: draft.action ?? side,
    side,
    quantity,
    type,
    asked,
    signal: context.signal,
    advice: context.advice,
    held: heldBefore(draft, symbol),
    market: context.market,
    lastTradeDate: draft.lastTradeDate,
    intent: intentOf(draft, children),
    parentId: draft.parentId,
    children: children.map((child) => childOf(child, asked)),
    status: draft.status,
    filled: draft.filled,
    averagePrice: draft.average,
    executions: draft.executions,
    evidence: draft.evidence,
    notes: untyped
      ? [...draft.notes, 'Its type and price are not told: taken as a market order.']
      : draft.notes,
  };
}

/** What was sent counts; what the strategy computed does not. */
function askedOf({ context, limit, alert }: Draft, children: readonly Draft[]): OrderCase['asked'] {
  const { wish } = context;
  const bracketed = wish?.bracketed === true || children.length > 0;
  return {
    entryPrice: limit ?? wish?.limit ?? alert?.price ?? null,
    stopPrice: alert?.stop ?? wish?.stop ?? null,
    targetPrice: alert?.target ?? wish?.target ?? null,
    protection: alert !== null || bracketed ? 'known' : 'unknown',
  };
}

function heldBefore({ context: { positions, wish } }: Draft, symbol: string): HeldBefore | null {
  const told = positions[symbol];
  if (told) return told;
  return wish?.position == null ? null : { quantity: wish.position, ts: wish.ts, by: 'bot' };
}

const PROTECTION: Intent = { kind: 'protection', why: 'The bot placed it as a child of another order.' };
const EXIT: Intent = { kind: 'exit', why: 'The bot calls it an exit.' };
const ENTRY: Intent = { kind: 'entry', why: 'The bot placed it as an entry.' };
const UNTOLD: Intent = { kind: 'unknown', why: 'Nothing says what it was for: it is judged as an entry.' };

function intentOf({ exit, child, context }: Draft, children: readonly Draft[]): Intent {
  if (child) return PROTECTION;
  if (exit || context.wish?.exit) return EXIT;
  return context.wish?.entry || children.length > 0 ? ENTRY : UNTOLD;
}

function childOf(child: Draft, asked: OrderCase['asked']): ChildOrder {
  const role = child.role ?? 'target';
  return {
    orderId: child.orderId,
    role,
    side: child.side ?? 'BUY',
    quantity: child.quantity ?? 0,
    price: child.limit ?? (role === 'stop' ? asked.stopPrice : asked.targetPrice),
    status: child.status,
    filled: child.filled,
    workingTs: child.workingTs,
    executions: child.executions,
  };
}
