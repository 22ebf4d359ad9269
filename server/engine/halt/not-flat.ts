/** Why an account is not flat when its time is up: one reason that a machine can read, the words for a person, and CRITICAL once for each reason. */
import { inScope, isDisputed, liveOrders, ordersOf } from '../model/book';
import type { Flatten, NotFlat } from '../model/flatten';
import type { Order } from '../model/order';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

type Verdict = Omit<NotFlat, 'sinceHostMs'>;

export function isOverdue(flatten: Flatten, hostMs: number): boolean {
  return hostMs >= flatten.dueHostMs;
}

/** Positions and live orders of the scope by our own book, in words. */
export function remaining(state: EngineState, scope: string): readonly string[] {
  const positions = Object.values(state.positions)
    .filter((position) => position.quantity !== 0 && inScope(scope, position.symbol))
    .map((position) => `${position.quantity} ${position.symbol}`);
  return [...positions, ...liveIn(state, scope).map(said)];
}

/** A closed market is said at once; everything else is given its time first. */
export function judgeFlatten(state: EngineState, hostMs: number): Outcome {
  const { flatten } = state;
  if (!flatten) return unchanged(state);
  const verdict = verdictOf(state, flatten, hostMs);
  const was = flatten.notFlat;
  if (verdict === null) return unchanged(was === null ? state : withVerdict(state, flatten, null));
  if (was?.reason === verdict.reason && was.code === verdict.code) {
    if (was.detail === verdict.detail) return unchanged(state);
    return unchanged(withVerdict(state, flatten, { ...verdict, sinceHostMs: was.sinceHostMs }));
  }
  const text = `NOT FLAT (${flatten.scope}): ${verdict.detail} It goes on.`;
  return {
    state: withVerdict(state, flatten, { ...verdict, sinceHostMs: hostMs }),
    facts: [{ type: 'FlattenNotFlat', scope: flatten.scope, ...verdict }],
    // of a closed market the alert was sent with each instrument that waits for its open
    commands: verdict.reason === 'MARKET_CLOSED' ? [] : [{ type: 'SendAlert', severity: 'critical', text }],
  };
}

function withVerdict(state: EngineState, flatten: Flatten, notFlat: NotFlat | null): EngineState {
  return stateWith(state, { flatten: { ...flatten, notFlat } });
}

function verdictOf(state: EngineState, flatten: Flatten, hostMs: number): Verdict | null {
  const waiting = new Set(flatten.armed.map(({ symbol }) => symbol));
  const overdue = isOverdue(flatten, hostMs);
  const symbols = symbolsLeft(state, flatten.scope).filter((symbol) => !waiting.has(symbol));
  if (waiting.size > 0 && (!overdue || symbols.length === 0)) {
    return verdict('MARKET_CLOSED', `The market is closed: ${[...waiting].join(', ')} armed for the open.`);
  }
  return overdue ? whyNot(state, flatten, symbols) : null;
}

function symbolsLeft(state: EngineState, scope: string): readonly string[] {
  const held = Object.values(state.positions).filter(
    (position) => position.quantity !== 0 && inScope(scope, position.symbol),
  );
  const orders = liveIn(state, scope);
  return [...new Set([...held.map(({ symbol }) => symbol), ...orders.map(({ spec }) => spec.symbol)])];
}

/** The first thing in the way, from the wire to the market. */
function whyNot(state: EngineState, flatten: Flatten, symbols: readonly string[]): Verdict {
  const { link, reconciliation } = state;
  const open = remaining(state, flatten.scope).join(', ');
  if (link.phase !== 'connected') {
    return verdict(
      'DISCONNECTED',
      `The broker is not connected (${link.detail}); ${open || 'what is left'} goes out when it is back.`,
    );
  }
  if (
    symbols.some((symbol) => isDisputed(state, symbol)) ||
    flatten.found.some(({ what }) => / held$/.test(what))
  ) {
    return verdict('POSITION_MISMATCH', `Our book and the broker's position differ. ${foundText(flatten)}`);
  }
  if (reconciliation.phase === 'none' || reconciliation.phase === 'asked') {
    return verdict(
      'NOT_CONFIRMED',
      'The broker has not answered what it holds; it is asked again and again.',
    );
  }
  if (symbols.length === 0) {
    return flatten.found.some(({ foreign }) => foreign)
      ? verdict(
          'FOREIGN_ORDERS',
          `Orders of others work in the account: cancel them in TWS. ${foundText(flatten)}`,
        )
      : verdict('NOT_CONFIRMED', `Our book is flat, the broker has not confirmed it. ${foundText(flatten)}`);
  }
  const refused = lastRefusal(state, symbols);
  if (refused) {
    const text = `The broker refuses the exit: ${refused.text ?? 'no reason given'}. Open: ${open}.`;
    return { ...verdict('REJECTED', text), code: refused.errorCode };
  }
  const doubtful = liveIn(state, flatten.scope).filter(
    ({ phase }) => phase === 'Unknown' || phase === 'Pending',
  );
  if (doubtful.length > 0) {
    return verdict('UNKNOWN_ORDER', `No answer on ${doubtful.map(said).join(', ')}; the broker is asked.`);
  }
  return verdict('NOT_FILLED', `Still open: ${open}.`);
}

function verdict(reason: NotFlat['reason'], detail: string): Verdict {
  return { reason, code: null, detail: detail.trim() };
}

/** The newest closing order of a cycle that still holds contracts, when the broker refused it. */
function lastRefusal(state: EngineState, symbols: readonly string[]): Order | null {
  for (const cycle of Object.values(state.cycles)) {
    if (cycle.phase !== 'open' || cycle.exit === null || !symbols.includes(cycle.symbol)) continue;
    const newest = ordersOf(state, cycle.cycleId).findLast(({ spec }) => spec.role === 'exit');
    if (newest?.phase === 'Rejected') return newest;
  }
  return null;
}

function liveIn(state: EngineState, scope: string): readonly Order[] {
  return liveOrders(state).filter((order) => inScope(scope, order.spec.symbol));
}

function said({ spec, brokerStatus, phase }: Order): string {
  return `${spec.role} ${spec.symbol} ${brokerStatus ?? phase}`;
}

function foundText({ found }: Flatten): string {
  return found.length === 0 ? '' : `The broker has: ${found.map(({ what }) => what).join(', ')}.`;
}
