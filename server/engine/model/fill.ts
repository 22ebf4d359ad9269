/** One execution, attributed: which cycle, in which role. A manual trade that crosses zero becomes two. */
import type { CycleId, OrderRef, OrderRole } from './ids';
import type { Side } from './order';

export interface Fill {
  /** Of the execution and its corrections. */
  key: string;
  execId: string;
  ref: OrderRef;
  cycleId: CycleId;
  role: OrderRole;
  symbol: string;
  side: Side;
  quantity: number;
  priceTicks: number;
  /** Exchange time of the execution, and host time when it was heard of, ms. */
  ts: number;
  hostMs: number;
}
