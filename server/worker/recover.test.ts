import { expect, it } from 'vitest';
import { executionIdOf } from '../engine/model/execution';
import type { EngineState } from '../engine/model/state';
import { holdingDesk, throughJson } from '../engine/testing/desk';
import { failed } from '../engine/testing/events';
import { replay } from './recover';

/** The state as the first version wrote it: without the fields that came later, executions under their whole id. */
function olderSnapshot(state: EngineState): EngineState {
  const { lastOrderId: _1, incidents: _2, ...older } = throughJson(state);
  const without = (record: Readonly<Record<string, object>>, ...gone: readonly string[]) =>
    Object.fromEntries(
      Object.entries(record).map(([key, value]) => [
        key,
        Object.fromEntries(Object.entries(value).filter(([field]) => !gone.includes(field))),
      ]),
    );
  const executions = Object.fromEntries(
    Object.values(older.executions).map(({ execId, symbol, ts, cycleIds, commissionMicros }) => [
      execId,
      { symbol, ts, cycleIds, commissionMicros },
    ]),
  );
  return {
    ...older,
    executions,
    orders: without(older.orders, 'accepted', 'outOfReach', 'cancelWished', 'endedHostMs', 'change'),
    cycles: without(older.cycles, 'orphan'),
  } as unknown as EngineState;
}

it('a snapshot of an older version goes on: nothing is counted twice, nothing is refused that works', () => {
  const desk = holdingDesk({ quantity: 2 });
  const snapshot = { seq: 1, state: olderSnapshot(desk.state) };
  desk.state = replay({ snapshot, entries: [], lastSeq: 1 }).state;
  expect(Object.keys(desk.state.executions)).toEqual(
    desk.broker.ledger.executions.map(({ execId }) => executionIdOf(execId).key),
  );
  desk.restart().reconnect();
  expect(desk.state.positions.ES?.quantity).toBe(2);
  expect(desk.sent).toEqual([]);
  expect(desk.cycle).toMatchObject({ orphan: null, protection: { state: 'protected' } });
  desk.when(failed(desk.ref('stop'), 201, 'Order rejected - reason:change'));
  expect(desk.order('stop').phase).toBe('Working');
});
