/**
 * The last gate before the broker (I12): how many orders and contracts leave, by contract, in a second and in a minute. It looks at commands
 * as they leave the engine, whoever made them. An entry over a rate is held back; what reduces risk always passes, and is only told of.
 */
import type { Command, PlaceBracket } from '../model/command';
import type { SentOrder } from '../model/conduct';
import type { Fact } from '../model/fact';
import type { Limits } from '../model/limits';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const BRACKET_ORDERS = 3;

export interface Gated {
  state: EngineState;
  commands: readonly Command[];
  facts: readonly Fact[];
  /** Entries that do not leave. */
  held: readonly PlaceBracket[];
}

export function lastGate(state: EngineState, commands: readonly Command[], hostMs: number): Gated {
  const nothing = { state, commands, facts: [], held: [] };
  if (!commands.some(({ type }) => type === 'PlaceBracket' || type === 'PlaceOrder')) return nothing;
  let sent = state.sentOrders.filter((order) => hostMs - order.hostMs < MINUTE_MS);
  const passed: Command[] = [];
  const facts: Fact[] = [];
  const held: PlaceBracket[] = [];
  for (const command of commands) {
    const order = sentBy(command, hostMs);
    const breach = order && breachOf(sent, order, state.limits);
    if (order && !(breach && command.type === 'PlaceBracket')) sent = [...sent, order];
    if (!breach) passed.push(command);
    else if (command.type === 'PlaceBracket') {
      const { entry, target, stop } = command;
      const { observed, limit, what } = breach;
      const detail = `${entry.ref}: ${observed} ${what} in ${entry.symbol} (limit ${limit})`;
      facts.push({ type: 'EntryHeldBack', refs: [entry.ref, target.ref, stop.ref], observed, limit, detail });
      held.push(command);
    } else {
      passed.push(command);
      const { observed, limit, first } = breach;
      if (first) facts.push({ type: 'ExitsOverRate', symbol: order.symbol, observed, limit });
    }
  }
  const alerts = facts.map(
    (fact): Command => ({ type: 'SendAlert', severity: 'critical', text: textOf(fact) }),
  );
  return { state: stateWith(state, { sentOrders: sent }), commands: [...passed, ...alerts], facts, held };
}

function sentBy(command: Command, hostMs: number): SentOrder | null {
  switch (command.type) {
    case 'PlaceBracket': {
      const { symbol, quantity } = command.entry;
      return { hostMs, symbol, orders: BRACKET_ORDERS, entryContracts: quantity };
    }
    case 'PlaceOrder':
      return { hostMs, symbol: command.order.symbol, orders: 1, entryContracts: 0 };
    default:
      return null;
  }
}

interface Breach {
  observed: number;
  limit: number;
  what: string;
  /** The rate was kept until this order: later ones are not told of again. */
  first: boolean;
}

function breachOf(sent: readonly SentOrder[], order: SentOrder, limits: Limits): Breach | null {
  const minute = sent.filter(({ symbol }) => symbol === order.symbol);
  const second = minute.filter(({ hostMs }) => order.hostMs - hostMs < SECOND_MS);
  const count = (orders: readonly SentOrder[]) => orders.reduce((sum, one) => sum + one.orders, 0);
  const contracts = minute.reduce((sum, one) => sum + one.entryContracts, 0);
  return (
    over(count(second), order.orders, limits.maxOrdersPerSecond, 'orders in a second') ??
    over(count(minute), order.orders, limits.maxOrdersPerMinute, 'orders in a minute') ??
    (order.entryContracts > 0
      ? over(contracts, order.entryContracts, limits.maxContractsPerMinute, 'contracts in a minute')
      : null)
  );
}

function over(before: number, more: number, limit: number, what: string): Breach | null {
  const observed = before + more;
  return observed > limit ? { observed, limit, what, first: before <= limit } : null;
}

function textOf(fact: Fact): string {
  if (fact.type === 'EntryHeldBack') return `ENTRY HELD BACK. ${fact.detail}.`;
  if (fact.type === 'ExitsOverRate')
    return `${fact.observed} exit orders in ${fact.symbol} in a short time (limit ${fact.limit}): none is held back.`;
  return '';
}
