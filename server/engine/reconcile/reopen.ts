/**
 * Our reference on something that the journal does not know: an older database was restored over a newer reality (R11). The reference
 * says whose it is: the cycle is opened again under its own id, its stop and target are orders of that role again, and its entry goes.
 */
import { isFoundAgain, maySend, openCycles, ordersOf, withCycle, withOrder } from '../model/book';
import type { BrokerExecution, BrokerOrder, BrokerReport } from '../model/broker';
import { type Cycle, isOver, netQuantity, reopenedCycle } from '../model/cycle';
import type { Stamped } from '../model/event';
import { type CycleId, type OrderRef, type OrderRole, parseOrderRef, proposalIdOf } from '../model/ids';
import { journalBehind } from '../model/incident';
import { isLive, type Order, type OrderSpec, type OrderType, opposite, type Side } from '../model/order';
import { cancelOrder, newOrder } from '../model/placing';
import { cycleWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';

type Stamp = Pick<Stamped, 'ts' | 'hostMs'>;

/** Before an execution that has not been counted is booked. */
export function reopenForExecution(state: EngineState, execution: BrokerExecution, stamp: Stamp): Outcome {
  const ours = parseOrderRef(execution.orderRef);
  if (!ours) return unchanged(state);
  const known = state.cycles[ours.cycleId];
  if (known) return overtaken(state, known, stamp);
  return reopen(state, { ...ours, ...execution }, stamp);
}

/**
 * Before the report's executions, for those of nobody's order may be what a forgotten stop covers (`fill/attribute.ts`).
 * @param report one that was asked for on this connection: what it lists as open works at the broker.
 */
export function adoptOrders(state: EngineState, report: BrokerReport, stamp: Stamp): Outcome {
  const unknown = report.openOrders.filter((order) => specOf(order) && !state.orders[order.orderRef]);
  return unknown.length === 0
    ? unchanged(state)
    : chain(state, ...unknown.map((order) => (current: EngineState) => adoptOrder(current, order, stamp)));
}

/** Orders of an open cycle that ended at the broker and are not in the journal: their references are taken, and are not given again (I7). */
export function noteEnded(state: EngineState, report: BrokerReport, stamp: Stamp): Outcome {
  return chain(
    state,
    ...report.completedOrders.map((told) => (current: EngineState) => noteOrder(current, told, stamp)),
  );
}

function noteOrder(state: EngineState, told: BrokerOrder, stamp: Stamp): Outcome {
  const spec = specOf(told);
  const cycle = spec && state.cycles[spec.cycleId];
  if (!spec || !cycle || isOver(cycle) || state.orders[spec.ref]) return unchanged(state);
  const counted = { filledQuantity: told.filled, reportedFilled: told.filled };
  return chain(
    state,
    (current) => overtaken(current, cycle, stamp),
    (current) => unchanged(withOrder(current, { ...newOrder(spec, stamp.hostMs), ...counted })),
  );
}

function adoptOrder(state: EngineState, told: BrokerOrder, stamp: Stamp): Outcome {
  const spec = specOf(told);
  if (!spec || state.orders[spec.ref]) return unchanged(state);
  const { cycleId, symbol, ref } = spec;
  const text = `${told.type} ${told.side} ${told.remaining} works at the broker and is not in the journal: taken as ${spec.role}.`;
  return chain(
    state,
    (current) => {
      const known = current.cycles[cycleId];
      return known ? overtaken(current, known, stamp) : reopen(current, spec, stamp);
    },
    (current) => ({
      state: leftByItsCycle(withOrder(current, found(current, spec, told, stamp)), cycleId, stamp.hostMs),
      facts: [{ type: 'OrderAnomaly', cycleId, symbol, ref, text }],
      commands: [],
    }),
    (current) => {
      const order = current.orders[ref];
      if (order?.spec.role !== 'entry') return unchanged(current);
      return cancelOrder(current, order, 'The journal does not know this entry.', stamp.hostMs);
    },
  );
}

/** What it has executed so far was heard of, and counted, before we knew the order (seed 801128). */
function found(state: EngineState, spec: OrderSpec, { clientId }: BrokerOrder, { hostMs }: Stamp): Order {
  const executed = Object.values(state.executions).reduce(
    (sum, { ref, quantity }) => (ref === spec.ref ? sum + quantity : sum),
    0,
  );
  return { ...newOrder(spec, hostMs, { clientId }), filledQuantity: executed, reportedFilled: executed };
}

/** What works for a cycle that is over works for nobody: it is a leftover, and cleared as one. */
function leftByItsCycle(state: EngineState, cycleId: CycleId, hostMs: number): EngineState {
  const cycle = state.cycles[cycleId];
  return cycle && isOver(cycle) && cycle.flatHostMs === null
    ? withCycle(state, cycleWith(cycle, { flatHostMs: hostMs }))
    : state;
}

interface Found {
  cycleId: CycleId;
  role: OrderRole;
  symbol: string;
  side: Side;
  quantity: number;
}

function reopen(state: EngineState, { cycleId, role, symbol, side, quantity }: Found, stamp: Stamp): Outcome {
  const opened = role === 'entry' ? side : opposite(side);
  const why = 'The broker knows its reference and the journal does not: is this an older database?';
  return toldOf(state, reopenedCycle({ cycleId, symbol, side: opened, quantity }, stamp.ts), why, stamp);
}

/**
 * An older database still waits for a word on what was sent long ago, or has let it go since, late as it is (seed 730007463): nobody decides
 * about it again, or it would be sent twice.
 */
function overtaken(state: EngineState, cycle: Cycle, stamp: Stamp): Outcome {
  if (cycle.phase !== 'proposed' && cycle.phase !== 'waiting' && cycle.phase !== 'denied')
    return unchanged(state);
  const { [proposalIdOf(cycle.cycleId)]: _, ...proposals } = state.proposals;
  const why = 'The broker has its orders and the journal has none of them: is this an older database?';
  const entering = cycleWith(cycle, { phase: 'entering' as const, outcome: null, reasons: [] });
  return toldOf(stateWith(state, { proposals }), entering, why, stamp);
}

function toldOf(state: EngineState, cycle: Cycle, why: string, stamp: Stamp): Outcome {
  const { cycleId, symbol, side } = cycle;
  const told = journalBehind(withCycle(state, cycle), cycle, stamp.ts);
  return { ...told, facts: [{ type: 'CycleReopened', cycleId, symbol, side, why }, ...told.facts] };
}

const TYPES: readonly OrderType[] = ['MKT', 'LMT', 'STP', 'STP LMT'];

/** @returns null for an order that bears no reference of ours, or is of a kind that we never send. */
function specOf(told: BrokerOrder): OrderSpec | null {
  const ours = parseOrderRef(told.orderRef);
  const type = TYPES.find((known) => known === told.type);
  if (!ours || !type) return null;
  const { symbol, side, limitTicks, triggerTicks } = told;
  return {
    ref: told.orderRef as OrderRef,
    cycleId: ours.cycleId,
    role: ours.role,
    symbol,
    side,
    quantity: told.filled + told.remaining,
    type,
    limitTicks: type === 'LMT' || type === 'STP LMT' ? limitTicks : null,
    triggerTicks: type === 'STP' || type === 'STP LMT' ? triggerTicks : null,
    tif: ours.role === 'entry' || ours.role === 'exit' ? 'DAY' : 'GTC',
    ocaGroup: told.ocaGroup || null,
    parentRef: null,
    reduceOnly: ours.role !== 'entry',
  };
}

/** The positions in its instrument agree and it holds nothing: a reopened cycle was over, and what still works for it is a leftover. */
export function endEmptyReopened(state: EngineState, hostMs: number): Outcome {
  if (!maySend(state)) return unchanged(state);
  const { rounds, disputed } = state.reconciliation;
  const empty = openCycles(state).filter(
    (cycle) =>
      cycle.phase === 'entering' &&
      rounds[cycle.symbol] === undefined &&
      !disputed.includes(cycle.symbol) &&
      isFoundAgain(state, cycle) &&
      netQuantity(cycle) === 0 &&
      !hasEntry(state, cycle.cycleId) &&
      !hasStranger(state, cycle.cycleId),
  );
  const why = 'Nothing of it is held any more.';
  return empty.length === 0
    ? unchanged(state)
    : {
        state: empty.reduce(
          (current, cycle) =>
            withCycle(
              current,
              cycleWith(cycle, { phase: 'cancelled', outcome: 'closed elsewhere', flatHostMs: hostMs }),
            ),
          state,
        ),
        facts: empty.map(({ cycleId, symbol }) => ({
          type: 'CycleCancelled',
          cycleId,
          symbol,
          outcome: 'closed elsewhere',
          why,
        })),
        commands: [],
      };
}

/** What nobody here can cancel keeps its cycle: should the position be there after all (a report was late), this one closes it. */
function hasStranger(state: EngineState, cycleId: CycleId): boolean {
  return ordersOf(state, cycleId).some((order) => order.outOfReach && isLive(order));
}

function hasEntry(state: EngineState, cycleId: CycleId): boolean {
  return ordersOf(state, cycleId).some((order) => order.spec.role === 'entry' && isLive(order));
}
