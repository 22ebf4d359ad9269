/** Catalogue 2.2 and the end of 2.1: protection that goes, comes late, is too small or not real. */
import type { Mutant } from './mutant';

const PROTECT = 'server/engine/bracket/protect.ts';
const PROTECTION = 'server/engine/bracket/protection.ts';
const LAST_RESORT = 'server/engine/bracket/last-resort.ts';
const BRACKET = 'server/engine/order/bracket.ts';
const TICKETS = 'server/adapters/ib/translate/order.ts';

export const PROTECTIONS: readonly Mutant[] = [
  {
    name: 'a target that is refused takes the working stop with it',
    row: 'F08',
    file: PROTECT,
    find: 'if (isUnsure(state, cycle)) return coverCertain(state, cycle, hostMs);',
    replace: `const legs = ordersOf(state, cycle.cycleId);
  if (legs.some(({ spec, phase }) => spec.role === 'target' && phase === 'Rejected'))
    return chain(state, ...legs.filter(isLive).map((order) => (next: EngineState) => cancelOrder(next, order, 'Not confirmed.', hostMs)));`,
  },
  {
    name: 'a bracket goes out without its stop',
    row: 'F09 F16',
    file: TICKETS,
    find: 'order: orderOf(child(stop), to, { parentId: firstId, transmit: true }),',
    replace:
      'order: { ...orderOf(child(stop), to, { parentId: firstId, transmit: true }), totalQuantity: 0 },',
  },
  {
    name: 'no emergency stop is placed',
    row: 'F09 F14',
    file: PROTECT,
    find: "cycle.protection.state === 'unprotected' ? emergencyStop(current, cycle, hostMs) : unchanged(current),",
    replace: 'unchanged(current),',
  },
  {
    name: 'orders that rest too long are cancelled, protection too',
    row: 'F10',
    file: 'server/engine/order/entries.ts',
    find: "const resting = order.spec.role === 'entry' && order.phase === 'Working';",
    replace: "const resting = order.phase === 'Working';",
  },
  {
    name: 'a stop that is too small counts as cover',
    row: 'F14',
    file: PROTECTION,
    find: 'if (cover.by === null || cover.quantity < Math.abs(held)) return',
    replace: 'if (cover.by === null) return',
  },
  {
    name: 'a child that waits for its parent counts as cover',
    row: 'F14',
    file: 'server/engine/model/cover.ts',
    find: '!waitsForParent(order)',
    replace: 'order.spec.quantity > 0',
  },
  {
    name: 'prices off the grid are rounded',
    row: 'F15',
    file: 'server/engine/model/money.ts',
    find: 'return Math.abs(price / tickSize - ticks) < 1e-6 ? ticks : null;',
    replace: 'return ticks;',
  },
  {
    name: 'a missing stop or target gets a default',
    row: 'F16',
    file: 'server/engine/signal/receive.ts',
    find: 'const { signal } = stamp.event;',
    replace: `const wished = stamp.event.signal;
  const market = (markTicks(state.market.quotes[wished.symbol]) ?? 0) / 4;
  const signal = { ...wished, stopPrice: wished.stopPrice ?? market - 5, targetPrice: wished.targetPrice ?? market + 5 };`,
  },
  {
    name: 'a missing stop or target is not asked about',
    row: 'F16',
    file: 'server/engine/guard/protection-present.ts',
    find: 'return verdict(missing.length === 0, {',
    replace: 'return verdict(true, {',
  },
  {
    name: 'a stop on the wrong side is taken',
    row: 'F17',
    file: 'server/engine/guard/orientation.ts',
    find: 'const right = low < middle && middle < high;',
    replace: 'const right = buy ? middle < high : low < middle;',
  },
  {
    name: 'a target on the wrong side is taken',
    row: 'F18',
    file: 'server/engine/guard/orientation.ts',
    find: 'const right = low < middle && middle < high;',
    replace: 'const right = buy ? low < middle : middle < high;',
  },
  {
    name: 'a stop a tick away is taken',
    row: 'F19',
    file: 'server/engine/guard/stop-distance.ts',
    find: 'distance >= state.limits.minDistanceTicks',
    replace: 'distance >= 1',
  },
  {
    name: 'a target a tick away is taken',
    row: 'F19',
    file: 'server/engine/guard/target-distance.ts',
    find: 'distance >= state.limits.minDistanceTicks',
    replace: 'distance >= 1',
  },
  {
    name: 'a level of zero is a level',
    row: 'F20',
    file: 'server/engine/model/money.ts',
    find: 'if (!Number.isFinite(price) || price <= 0) return null;',
    replace: 'if (!Number.isFinite(price)) return null;',
  },
  {
    name: 'the stop of a bracket is a stop limit',
    row: 'F21',
    file: BRACKET,
    find: "type: 'STP',\n    limitTicks: null,",
    replace: "type: 'STP LMT',\n    limitTicks: plan.stopTicks,",
  },
  {
    name: 'an emergency stop that is gapped through is left to rest',
    row: 'F21',
    file: LAST_RESORT,
    find: 'const overrun = since !== null && hostMs - since >= emergencyEscalateMs;',
    replace: 'const overrun = since !== null && since < 0;',
  },
  {
    name: 'the entry is transmitted before its stop',
    row: 'F22',
    file: TICKETS,
    find: 'order: orderOf(entry, to, { parentId: NO_PARENT, transmit: false }),',
    replace: 'order: orderOf(entry, to, { parentId: NO_PARENT, transmit: true }),',
  },
  {
    name: 'stop and target are in no common group',
    row: 'F23',
    file: TICKETS,
    find: 'const child = (spec: OrderSpec): OrderSpec => ({ ...spec, ocaGroup: group });',
    replace: 'const child = (spec: OrderSpec): OrderSpec => ({ ...spec, ocaGroup: group + spec.role });',
  },
];
