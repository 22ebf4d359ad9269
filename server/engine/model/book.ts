/** Small questions about the state that several stages ask, and the one way to write a record into it. */
import type { Cycle } from './cycle';
import { isOver, netQuantity } from './cycle';
import { TRADING_MODES, type TradingMode } from './operator';
import type { Order } from './order';
import type { ById, EngineState } from './state';

export function put<T>(table: ById<T>, key: string, value: T): ById<T> {
  return { ...table, [key]: value };
}

export function withCycle(state: EngineState, cycle: Cycle): EngineState {
  return { ...state, cycles: put(state.cycles, cycle.cycleId, cycle) };
}

export function withOrder(state: EngineState, order: Order): EngineState {
  return { ...state, orders: put(state.orders, order.spec.ref, order) };
}

export function ordersOf(state: EngineState, cycleId: string): readonly Order[] {
  return Object.values(state.orders).filter((order) => order.spec.cycleId === cycleId);
}

export function openCycles(state: EngineState): readonly Cycle[] {
  return Object.values(state.cycles).filter((cycle) => !isOver(cycle));
}

/** Cycles that hold contracts now. */
export function holdingCycles(state: EngineState): readonly Cycle[] {
  return openCycles(state).filter((cycle) => netQuantity(cycle) !== 0);
}

export function holderOf(state: EngineState, symbol: string): Cycle | null {
  return holdingCycles(state).find((cycle) => cycle.symbol === symbol) ?? null;
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

/** The stricter of the global mode and the instrument's own. A missing global mode is `Halted`: unknown fails closed. */
export function strictestMode(state: EngineState, symbol: string): TradingMode {
  const modes: TradingMode[] = [state.modes['*']?.mode ?? 'Halted', state.modes[symbol]?.mode ?? 'Active'];
  return modes.reduce((a, b) => (TRADING_MODES.indexOf(a) > TRADING_MODES.indexOf(b) ? a : b));
}

/** `*` covers every instrument; a flatten that was pressed for two covers both (`ES+MES`). */
export function inScope(scope: string, symbol: string): boolean {
  return scope === '*' || scope.split('+').includes(symbol);
}
