/**
 * One instrument is never held by cycles of both signs (R19): what one has gained against the others is their exit and its own, at the
 * price of the fill that brought it. Two stops for a position that is not there would open one (I2).
 */
import { holdersOf } from '../model/book';
import { type Cycle, isOverclosed, netQuantity } from '../model/cycle';
import type { Fill } from '../model/fill';
import { orderRefOf } from '../model/ids';
import { opposite } from '../model/order';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';
import { fillCycle } from './fills';

/** What was booked last: an execution, its correction or a repair. */
type Cause = Pick<Fill, 'execId' | 'symbol' | 'priceTicks' | 'ts' | 'hostMs'>;

/** The position stays as executions made it (I6): contracts only change hands, and the money of both sides adds up to the fills'. */
export function netOpposites(state: EngineState, cause: Cause): Outcome {
  // whose an overclosed cycle's contracts are is not known yet (R14)
  const holders = holdersOf(state, cause.symbol).filter((cycle) => !isOverclosed(cycle));
  const held = holders.map(netQuantity);
  const long = held.reduce((sum, signed) => sum + Math.max(0, signed), 0);
  const short = held.reduce((sum, signed) => sum + Math.max(0, -signed), 0);
  const common = Math.min(long, short);
  if (common === 0) return unchanged(state);
  const left = { BUY: common, SELL: common };
  const exits = holders.flatMap((cycle): readonly Fill[] => {
    const quantity = Math.min(left[cycle.side], Math.abs(netQuantity(cycle)));
    left[cycle.side] -= quantity;
    if (quantity === 0) return [];
    return [exitOf(cycle, quantity, cause)];
  });
  const text = `${cause.symbol} was held both ways: ${common} of each side closed each other (${exits.map(({ cycleId }) => cycleId).join(', ')}).`;
  return chain(
    state,
    ...exits.map((exit) => (current: EngineState) => fillCycle(current, exit)),
    (current) => ({
      state: current,
      facts: [],
      commands: [{ type: 'SendAlert', severity: 'warning', text }],
    }),
  );
}

function exitOf({ cycleId, symbol, side }: Cycle, quantity: number, cause: Cause): Fill {
  const { priceTicks, ts, hostMs } = cause;
  const execId = `adjustment-net-${cause.execId}-${cycleId}`;
  const of = { key: execId, execId, ref: orderRefOf(cycleId, 'exit', 0), cycleId, role: 'exit' as const };
  return { ...of, symbol, side: opposite(side), quantity, priceTicks, ts, hostMs };
}
