/** An approved entry becomes one bracket: parent, target and stop, sent as a chain that the broker hears of only when its stop is there. */
import type { EntryApproved } from '../model/approval';
import { put, withCycle } from '../model/book';
import type { Stamped } from '../model/event';
import { orderRefOf } from '../model/ids';
import { type OrderSpec, opposite } from '../model/order';
import { newOrder } from '../model/placing';
import { cycleWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

export function sendBracket(state: EngineState, approved: EntryApproved, stamp: Stamped): Outcome {
  const cycle = state.cycles[approved.cycleId];
  if (!cycle) return unchanged(state);
  const { cycleId, symbol, ocaGroup } = cycle;
  const { plan, clearance } = approved;
  const shared = { cycleId, symbol, quantity: plan.quantity };
  const entry: OrderSpec = {
    ...shared,
    ref: orderRefOf(cycleId, 'entry'),
    role: 'entry',
    side: plan.side,
    type: plan.orderType,
    limitTicks: plan.orderType === 'LMT' ? plan.entryTicks : null,
    triggerTicks: null,
    tif: 'DAY',
    ocaGroup: null,
    parentRef: null,
    reduceOnly: false,
  };
  const child = {
    ...shared,
    side: opposite(plan.side),
    tif: 'GTC',
    ocaGroup,
    parentRef: entry.ref,
    reduceOnly: true,
  } as const;
  const target: OrderSpec = {
    ...child,
    ref: orderRefOf(cycleId, 'target'),
    role: 'target',
    type: 'LMT',
    limitTicks: plan.targetTicks,
    triggerTicks: null,
  };
  const stop: OrderSpec = {
    ...child,
    ref: orderRefOf(cycleId, 'stop'),
    role: 'stop',
    type: 'STP',
    limitTicks: null,
    triggerTicks: plan.stopTicks,
  };

  let orders = state.orders;
  const { clientId } = state.link;
  for (const spec of [entry, target, stop])
    orders = put(orders, spec.ref, newOrder(spec, stamp.hostMs, { clientId }));
  return {
    state: stateWith(
      withCycle(
        state,
        cycleWith(cycle, { phase: 'entering', clearance, reasons: [], entrySentTs: stamp.ts }),
      ),
      {
        orders,
        entryTimes: [...state.entryTimes.filter((hostMs) => stamp.hostMs - hostMs < 60_000), stamp.hostMs],
        day: { ...state.day, entries: state.day.entries + 1 },
      },
    ),
    facts: [
      { type: 'EntryApproved', cycleId, symbol, clearance, plan },
      { type: 'BracketJournaled', cycleId, symbol, entry, target, stop },
    ],
    commands: [{ type: 'PlaceBracket', entry, target, stop }],
  };
}
