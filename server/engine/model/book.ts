/** Small questions about the state that several stages ask, and the one way to write a record into it. */
import type { Cycle } from './cycle';
import { isIgnored, isOver, isReopened, netQuantity } from './cycle';
import type { Flatten } from './flatten';
import { attemptAfter, type ById, type CycleId, type OrderRole } from './ids';
import { rank, type TradingMode } from './operator';
import { isLive, isSettling, type Order, signOf } from './order';
import { stateWith } from './shape';
import type { EngineState } from './state';

export function put<T>(table: ById<T>, key: string, value: T): ById<T> {
  return { ...table, [key]: value };
}

export function without<T>(table: ById<T>, key: string): ById<T> {
  const { [key]: _, ...rest } = table;
  return rest;
}

export function withCycle(state: EngineState, cycle: Cycle): EngineState {
  return stateWith(state, { cycles: put(state.cycles, cycle.cycleId, cycle) });
}

export function withOrder(state: EngineState, order: Order): EngineState {
  return stateWith(state, { orders: put(state.orders, order.spec.ref, order) });
}

/** Derived once for each table and asked many times a step: a table is never changed in place, so what was derived from it stays true. */
function derived<T, Index>(derive: (table: ById<T>) => Index): (table: ById<T>) => Index {
  const known = new WeakMap<ById<T>, Index>();
  return (table) => {
    const found = known.get(table);
    if (found !== undefined) return found;
    const index = derive(table);
    known.set(table, index);
    return index;
  };
}

const NO_ORDERS: readonly Order[] = [];

const ordersByCycle = derived((orders: ById<Order>): ReadonlyMap<string, readonly Order[]> => {
  const byCycle = new Map<string, Order[]>();
  for (const order of Object.values(orders)) {
    const known = byCycle.get(order.spec.cycleId);
    if (known) known.push(order);
    else byCycle.set(order.spec.cycleId, [order]);
  }
  return byCycle;
});

const openAmong = derived((cycles: ById<Cycle>): readonly Cycle[] =>
  Object.values(cycles).filter((cycle) => !isOver(cycle)),
);

const holdingAmong = derived((cycles: ById<Cycle>): readonly Cycle[] =>
  openAmong(cycles).filter((cycle) => netQuantity(cycle) !== 0),
);

const liveAmong = derived((orders: ById<Order>): readonly Order[] => Object.values(orders).filter(isLive));

const settlingAmong = derived((orders: ById<Order>): readonly Order[] =>
  Object.values(orders).filter(isSettling),
);

const toProtectAmong = derived((cycles: ById<Cycle>): readonly Cycle[] =>
  holdingAmong(cycles).filter((cycle) => !isIgnored(cycle)),
);

/** In the order in which they were sent. */
export function ordersOf(state: EngineState, cycleId: string): readonly Order[] {
  return ordersByCycle(state.orders).get(cycleId) ?? NO_ORDERS;
}

/**
 * The next attempt of that role that no order of the cycle bears and no execution: an older database has forgotten the order, and was told
 * what it had filled (I7).
 */
export function freeAttempt(state: EngineState, cycleId: CycleId, role: OrderRole): number {
  const told = Object.values(state.executions).filter((execution) => execution.cycleIds.includes(cycleId));
  const refs = [...ordersOf(state, cycleId).map(({ spec }) => spec.ref), ...told.map(({ ref }) => ref)];
  return attemptAfter(refs, role);
}

export function liveOrders(state: EngineState): readonly Order[] {
  return liveAmong(state.orders);
}

/** Of which a status knows of more fills than the executions do. */
export function settlingOrders(state: EngineState): readonly Order[] {
  return settlingAmong(state.orders);
}

export function openCycles(state: EngineState): readonly Cycle[] {
  return openAmong(state.cycles);
}

/** Cycles that hold contracts now. */
export function holdingCycles(state: EngineState): readonly Cycle[] {
  return holdingAmong(state.cycles);
}

/** Those whose contracts a stop must cover (law 4): all but what a person told us to ignore. */
export function cyclesToProtect(state: EngineState): readonly Cycle[] {
  return toProtectAmong(state.cycles);
}

/** The broker knew of it and the journal did not, or had none of its orders: an older database. Its entry is not known. */
export function isFoundAgain(state: EngineState, cycle: Cycle): boolean {
  if (isReopened(cycle)) return true;
  const entered = ordersOf(state, cycle.cycleId).some(({ spec }) => spec.role === 'entry');
  return cycle.origin === 'signal' && cycle.phase === 'entering' && !entered;
}

export function holderOf(state: EngineState, symbol: string): Cycle | null {
  return holdingCycles(state).find((cycle) => cycle.symbol === symbol) ?? null;
}

/** Cycles that hold an instrument, orphans first: who trades by hand means what was traded by hand. */
export function holdersOf(state: EngineState, symbol: string): readonly Cycle[] {
  const holders = holdingCycles(state).filter((cycle) => cycle.symbol === symbol);
  if (holders.length < 2) return holders;
  return [...holders.filter((cycle) => cycle.orphan), ...holders.filter((cycle) => !cycle.orphan)];
}

/** Signed contracts by our own count of executions. */
export function positionOf(state: EngineState, symbol: string): number {
  return state.positions[symbol]?.quantity ?? 0;
}

/** What reduces risk may be sent: the wire is up and the broker's first report of this connection has been compared. */
export function maySend(state: EngineState): boolean {
  return (
    state.link.phase === 'connected' &&
    (state.reconciliation.phase === 'clean' || state.reconciliation.phase === 'mismatch')
  );
}

/** While the broker's position in it differs from ours, an order sized by ours could open one (F05). */
export function isDisputed(state: EngineState, symbol: string): boolean {
  return state.reconciliation.disputed.includes(symbol);
}

/** Its own entry, and one of another cycle that would close it instead of opening: what closes it beside them could turn it (seed 310035235). */
export function entriesBeside(state: EngineState, cycle: Cycle): readonly Order[] {
  const held = netQuantity(cycle);
  return liveOrders(state).filter(
    ({ spec }) =>
      spec.role === 'entry' &&
      (spec.cycleId === cycle.cycleId || (spec.symbol === cycle.symbol && signOf(spec.side) * held < 0)),
  );
}

/** The broker may hold less than we count: even a stop sized by our count could open a position (F05). What it holds beyond takes none away. */
export function isPhantom(state: EngineState, symbol: string): boolean {
  return state.reconciliation.phantom.some((phantom) => phantom.symbol === symbol);
}

/** Signed contracts of a phantom position that are there whoever is right; none when something has filled, or is settling, since. */
export function certainOfPhantom(state: EngineState, symbol: string): number {
  const phantom = state.reconciliation.phantom.find((known) => known.symbol === symbol);
  const ours = positionOf(state, symbol);
  if (!phantom || phantom.ours !== ours) return 0;
  const sign = Math.sign(ours);
  const settled = ours + promisedIn(state, symbol);
  return sign * Math.max(0, Math.min(sign * ours, sign * settled, sign * phantom.brokers));
}

/** Signed contracts that statuses know of and executions do not. */
export function promisedIn(state: EngineState, symbol: string): number {
  return settlingOrders(state).reduce((sum, { spec, reportedFilled, filledQuantity }) => {
    return spec.symbol === symbol ? sum + signOf(spec.side) * (reportedFilled - filledQuantity) : sum;
  }, 0);
}

/** The stricter of the global mode and the instrument's own, and of a flatten that runs. A missing global mode is `Halted`: unknown fails closed. */
export function strictestMode(state: EngineState, symbol: string): TradingMode {
  if (isRunning(state.flatten) && inScope(state.flatten.scope, symbol)) return 'Flattening';
  const whole = state.modes['*']?.mode ?? 'Halted';
  const own = state.modes[symbol]?.mode ?? 'Active';
  return rank(own) > rank(whole) ? own : whole;
}

/** It ends by the broker's word, or when a person abandons it; a deadline only makes it say why it is not over. */
export function isRunning(flatten: Flatten | null): flatten is Flatten {
  return flatten !== null && (flatten.phase === 'working' || flatten.phase === 'verifying');
}

/** `*` covers every instrument; a flatten that was pressed for two covers both (`ES+MES`). */
export function inScope(scope: string, symbol: string): boolean {
  return scope === '*' || scope.split('+').includes(symbol);
}
