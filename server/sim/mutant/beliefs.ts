/** Catalogue 2.3: identity, ordering, bookkeeping. */
import type { Mutant } from './mutant';

const TABLE = 'server/engine/model/order-table.ts';
const POSITIONS = 'server/engine/reconcile/positions.ts';
const FLOW = 'server/engine/flow/broker.ts';

export const BELIEFS: readonly Mutant[] = [
  {
    name: 'order ids begin where the gateway says, used or not',
    row: 'F24',
    file: 'server/adapters/ib/order-ids.ts',
    find: 'next = Math.max(next, orderId);',
    replace: 'next = orderId;',
  },
  {
    name: 'the journal is not asked which order ids were taken',
    row: 'F24',
    file: 'server/adapters/ib/order-ids.ts',
    find: 'let next = lastOrderId + 1;',
    replace: 'let next = 1;',
  },
  {
    name: 'an order without an answer is in no doubt',
    row: 'F25',
    file: 'server/engine/reconcile/doubt.ts',
    find: "case 'Pending':\n    case 'Unknown':\n      return true;",
    replace: "case 'Pending':\n    case 'Unknown':\n      return false;",
  },
  {
    name: 'a late status wakes an order that has ended',
    row: 'F26',
    file: TABLE,
    find: "PreSubmitted:           row('Working',    'Working',    'same',       'Working',    'Working',    'noted',      'noted',      'noted'),",
    replace:
      "PreSubmitted: row('Working', 'Working', 'same', 'Working', 'Working', 'Working', 'Working', 'Working'),",
  },
  {
    name: 'asking for a cancel is a cancel',
    row: 'F27',
    file: TABLE,
    find: "CancelAsked:            row('Cancelling', 'Cancelling',",
    replace: "CancelAsked: row('Cancelled', 'Cancelled',",
  },
  {
    name: 'an execution counts as often as it is told',
    row: 'F28 F29',
    file: 'server/engine/fill/fill.ts',
    find: 'const executions = put(state.executions, key, seenAs(execution, fills));',
    replace: 'const executions = state.executions;',
  },
  {
    name: 'executions in a report are not read',
    row: 'F30',
    file: FLOW,
    find: '...news.map(',
    replace: '...news.slice(0, 0).map(',
  },
  {
    name: 'positions of a report are not compared',
    row: 'F30 S-17',
    file: POSITIONS,
    find: 'const unequal = Object.keys(state.instruments).filter(',
    replace: 'const unequal = Object.keys({}).filter(',
  },
  {
    name: 'a position that nobody asked about is never looked at again',
    row: 'S-17',
    file: POSITIONS,
    find: 'const COMPARE_EVERY_MS = 25_000;',
    replace: 'const COMPARE_EVERY_MS = 25_000_000;',
  },
  {
    name: 'an execution of an order without a status is dropped',
    row: 'F31',
    file: FLOW,
    find: 'if (!isNews(state, reported)) return unchanged(state);',
    replace:
      'if (!isNews(state, reported) || state.orders[reported.orderRef]?.accepted === false) return unchanged(state);',
  },
  {
    name: 'a charge that comes after the close is lost',
    row: 'F32',
    file: 'server/engine/fill/commission.ts',
    find: 'realizedMicros: cycle.realizedMicros === null ? null : cycle.realizedMicros - difference,',
    replace: 'realizedMicros: cycle.realizedMicros,',
  },
  {
    name: 'the result of a short has the sign of a long',
    row: 'F33',
    file: 'server/engine/cycle/close.ts',
    find: 'const ticks = (cycle.exitCostTicks - cycle.entryCostTicks) * signOf(cycle.side);',
    replace: 'const ticks = cycle.exitCostTicks - cycle.entryCostTicks;',
  },
  {
    name: 'the fill of an emergency stop belongs to no cycle',
    row: 'F34',
    file: 'server/engine/fill/attribute.ts',
    find: "if (!ours || phase === undefined || phase === 'closed') return",
    replace: "if (!ours || ours.role === 'emergency' || phase === undefined || phase === 'closed') return",
  },
  {
    name: 'the words of a refusal are not kept',
    row: 'F35',
    file: 'server/engine/order/error.ts',
    find: 'text: event.text, errorCode',
    replace: 'text: null, errorCode',
  },
  {
    name: 'entries are not counted by the minute',
    row: 'F36',
    file: 'server/engine/guard/entry-rate.ts',
    find: 'return verdict(recent < state.limits.maxEntriesPerMinute, {',
    replace: 'return verdict(true, {',
  },
  {
    name: 'the average of a position is taken for a price',
    row: 'F38',
    file: 'server/adapters/ib/translate/answers.ts',
    find: 'averageTicks: averageCost / (instrument.multiplier * instrument.tickSize),',
    replace: 'averageTicks: averageCost / instrument.tickSize,',
  },
  {
    name: 'an order that one report leaves out is gone',
    row: 'I8',
    file: TABLE,
    find: "MissingFromReport:      row('Unknown?',   'Unknown?',   'Unknown?',",
    replace: "MissingFromReport: row('Absent', 'Absent', 'Absent',",
  },
  {
    name: 'nothing ever settles',
    row: 'F26 I8',
    file: 'server/engine/model/order.ts',
    find: 'return order.reportedFilled > order.filledQuantity;',
    replace: 'return order.reportedFilled > order.filledQuantity + 1_000;',
  },
];
