/** Fills that were never executions of ours: they bring the book to what the broker holds. */
import { holdersOf, openCycles, positionOf } from '../model/book';
import type { BrokerPosition } from '../model/broker';
import { type Cycle, isReopened, netQuantity } from '../model/cycle';
import type { Fill } from '../model/fill';
import { adoptedCycleIdOf, type CycleId, orderRefOf } from '../model/ids';
import { markTicks } from '../model/instrument';
import { signOf } from '../model/order';
import type { EngineState } from '../model/state';

export interface RepairStamp {
  seq: number;
  ts: number;
  hostMs: number;
}

/** Closes what we count and the broker does not hold, then opens an adopted cycle for what it holds beyond. */
export function repairsOf(state: EngineState, broker: BrokerPosition, stamp: RepairStamp): readonly Fill[] {
  const { symbol, quantity: brokers } = broker;
  const average = Math.round(broker.averageTicks);
  const mark = markTicks(state.market.quotes[symbol]) ?? average;
  const ours = positionOf(state, symbol);
  const shared =
    Math.sign(brokers) === Math.sign(ours)
      ? Math.sign(ours) * Math.min(Math.abs(brokers), Math.abs(ours))
      : 0;
  const fills: Fill[] = [];
  let excess = ours - shared;
  for (const cycle of holdersOf(state, symbol)) {
    const held = netQuantity(cycle);
    if (Math.sign(held) !== Math.sign(excess)) continue;
    const closed = Math.sign(held) * Math.min(Math.abs(held), Math.abs(excess));
    fills.push(repairFill(closingOf(cycle), -closed, mark, stamp));
    excess -= closed;
  }
  if (brokers !== shared) {
    const beyond = brokers - shared;
    fills.push(
      repairFill(heirOf(state, symbol, beyond) ?? adopting(symbol, stamp), beyond, average || mark, stamp),
    );
  }
  return fills;
}

/** A cycle that was reopened for its stop or target: the contracts that these cover are its own. */
function heirOf(state: EngineState, symbol: string, signed: number): Owner | null {
  const heir = openCycles(state).find(
    (cycle) =>
      isReopened(cycle) &&
      cycle.symbol === symbol &&
      cycle.entryQuantity === 0 &&
      signOf(cycle.side) === Math.sign(signed),
  );
  return heir ? { cycleId: heir.cycleId, symbol, role: 'entry' } : null;
}

/** What a cycle closed beyond its position is a position of its own: it leaves that cycle and is adopted. */
export function transfersOf(state: EngineState, cycle: Cycle, stamp: RepairStamp): readonly Fill[] {
  const excess = netQuantity(cycle);
  const priceTicks =
    markTicks(state.market.quotes[cycle.symbol]) ?? Math.round(cycle.exitCostTicks / cycle.exitQuantity);
  return [
    repairFill(closingOf(cycle), -excess, priceTicks, stamp),
    repairFill(adopting(cycle.symbol, stamp), excess, priceTicks, stamp),
  ];
}

type Owner = Pick<Fill, 'cycleId' | 'symbol' | 'role'>;

function closingOf({ cycleId, symbol }: Cycle): Owner {
  return { cycleId, symbol, role: 'exit' };
}

function adopting(symbol: string, stamp: RepairStamp): Owner {
  const cycleId: CycleId = adoptedCycleIdOf(stamp.ts, stamp.seq, symbol);
  return { cycleId, symbol, role: 'entry' };
}

function repairFill(owner: Owner, signed: number, priceTicks: number, stamp: RepairStamp): Fill {
  const execId = `adjustment-${stamp.seq}-${owner.cycleId}-${owner.role}`;
  return {
    ...owner,
    key: execId,
    execId,
    ref: orderRefOf(owner.cycleId, owner.role, 0),
    side: signed > 0 ? 'BUY' : 'SELL',
    quantity: Math.abs(signed),
    priceTicks,
    ts: stamp.ts,
    hostMs: stamp.hostMs,
  };
}
