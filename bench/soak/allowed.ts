/**
 * What a worker may hold on purpose (decision 44): so many entries as the journal says, at what one weighs. The figures stand here, and are not
 * taken from the product's own tables: a leak in one of those would excuse itself. `npm run bench -- --only memory` weighs them anew.
 */
import { LONGEST_DAY_MS } from '../../server/adapters/ib/translate/time';
import type { EngineState } from '../../server/engine/model/state';

const EXECUTIONS_DAYS_MS = 3 * 86_400_000;
const SIGNALS_MOST = 2_000;
const CYCLES_MOST = 50;
const BYTES = { execution: 450, signal: 180, cycle: 6_000, order: 350 };

export interface Allowed {
  executions: number;
  signals: number;
  cycles: number;
  /** In the adapter: those of the last day. */
  orders: number;
  mb: number;
}

/** @param placedTs exchange time of each order that was sent. */
export function allowedAt(state: EngineState, placedTs: readonly number[], nowTs: number): Allowed {
  const seen = Object.values(state.executions);
  const executions = seen.filter(({ ts }) => nowTs - ts < EXECUTIONS_DAYS_MS).length;
  const signals = Math.min(state.signals.length, SIGNALS_MOST);
  const cycles = Math.min(Object.keys(state.cycles).length, CYCLES_MOST);
  const orders = placedTs.filter((ts) => nowTs - ts < LONGEST_DAY_MS).length;
  const bytes =
    executions * BYTES.execution + signals * BYTES.signal + cycles * BYTES.cycle + orders * BYTES.order;
  return { executions, signals, cycles, orders, mb: bytes / 2 ** 20 };
}
