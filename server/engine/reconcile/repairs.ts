/** Fills that were never executions of ours: they bring the book to what the broker holds. */
import { holdersOf, isFoundAgain, openCycles, ordersOf, positionOf } from '../model/book';
import type { BrokerPosition } from '../model/broker';
import { closingExposure } from '../model/cover';
import { type Cycle, netQuantity } from '../model/cycle';
import type { Fill } from '../model/fill';
import { adoptedCycleIdOf, type CycleId, orderRefOf } from '../model/ids';
import { markTicks } from '../model/instrument';
import { largestQuantity, type Order, signOf } from '../model/order';
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
  const mark = markTicks(state.market.quotes[symbol]);
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
    // what is gone has no average at the broker; without a price either it neither won nor lost
    const priceTicks = mark ?? (average || averageOf(cycle));
    fills.push(repairFill(closingOf(cycle), -closed, priceTicks, stamp));
    excess -= closed;
  }
  return [...fills, ...openingsOf(state, symbol, brokers - shared, average || (mark ?? 0), stamp)];
}

/** Ticks, of what it holds. */
function averageOf({ entryCostTicks, entryQuantity, exitCostTicks, exitQuantity }: Cycle): number {
  return Math.round(entryQuantity > 0 ? entryCostTicks / entryQuantity : exitCostTicks / exitQuantity);
}

/** Signed contracts that are held: given to their heirs, the rest adopted. */
function openingsOf(
  state: EngineState,
  symbol: string,
  signed: number,
  priceTicks: number,
  stamp: RepairStamp,
): readonly Fill[] {
  const sign = Math.sign(signed);
  const heirs = openCycles(state).filter((cycle) => cycle.symbol === symbol && signOf(cycle.side) === sign);
  const shares = new Map(heirs.map((cycle) => [cycle.cycleId, 0]));
  let left = Math.abs(signed);
  const give = ({ cycleId }: Cycle, most: number) => {
    const own = Math.min(left, most);
    shares.set(cycleId, (shares.get(cycleId) ?? 0) + own);
    left -= own;
  };
  for (const cycle of heirs) give(cycle, inheritance(state, cycle));
  const first = heirs.find((cycle) => isFoundEmpty(state, cycle));
  if (first) give(first, left);
  const openings = [...shares].filter(([, quantity]) => quantity > 0);
  return [
    ...openings.map(([cycleId, quantity]) =>
      repairFill({ cycleId, symbol, role: 'entry' }, sign * quantity, priceTicks, stamp),
    ),
    ...(left === 0 ? [] : [repairFill(adopting(symbol, stamp), sign * left, priceTicks, stamp)]),
  ];
}

/** It was reopened for its stop or target, and what it holds nobody has told. */
function isFoundEmpty(state: EngineState, cycle: Cycle): boolean {
  return isFoundAgain(state, cycle) && cycle.entryQuantity === 0;
}

/**
 * How much of what is held is its own, before anybody adopts it: what the stop or target closes for which it was reopened; or what its entry
 * filled by the broker's word without its executions ever coming, or may have filled before it vanished.
 */
function inheritance(state: EngineState, cycle: Cycle): number {
  const orders = ordersOf(state, cycle.cycleId);
  if (isFoundEmpty(state, cycle)) return closingExposure(orders);
  const entry = orders.find((order) => order.spec.role === 'entry');
  if (!entry) return 0;
  // a report may call it filled without saying how much of it
  const all = entry.phase === 'Filled' || hasVanished(entry);
  const filled = all ? largestQuantity(entry) : entry.reportedFilled;
  return Math.max(0, filled - cycle.entryQuantity);
}

/** It worked, and reports list it neither as open nor as ended: what became of it only the position tells. */
function hasVanished({ phase, accepted, missingSinceHostMs }: Order): boolean {
  return accepted && missingSinceHostMs !== null && (phase === 'Unknown' || phase === 'Absent');
}

/** What a cycle closed beyond its position is a position of its own: it leaves that cycle, for its heirs or to be adopted. */
export function transfersOf(state: EngineState, cycle: Cycle, stamp: RepairStamp): readonly Fill[] {
  const excess = netQuantity(cycle);
  const priceTicks =
    markTicks(state.market.quotes[cycle.symbol]) ?? Math.round(cycle.exitCostTicks / cycle.exitQuantity);
  return [
    repairFill(closingOf(cycle), -excess, priceTicks, stamp),
    ...openingsOf(state, cycle.symbol, excess, priceTicks, stamp),
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
