/** What the soak lets a worker remember: what the decision allows, and nothing that a table holds beyond its bound. */
import { expect, it } from 'vitest';
import type { SeenExecution } from '../../server/engine/model/position';
import { type EngineState, INITIAL_STATE } from '../../server/engine/model/state';
import { allowedAt } from './allowed';

const HOUR_MS = 3_600_000;
const NOW_TS = Date.parse('2025-12-03T15:00:00Z');

const EXECUTION: Omit<SeenExecution, 'ts'> = {
  ref: 'c-1-1:entry',
  execId: '0000e0d5.00000001.01.01',
  symbol: 'ES',
  side: 'BUY',
  quantity: 1,
  priceTicks: 27_400,
  cycleIds: ['c-1-1'],
  shares: [1],
  commissionMicros: 2_250_000,
  chargedFor: '0000e0d5.00000001.01.01',
};

function stateWith(executions: number, signals: number): EngineState {
  const seen = (hoursAgo: number) => ({ ...EXECUTION, ts: NOW_TS - hoursAgo * HOUR_MS });
  return {
    ...INITIAL_STATE,
    executions: Object.fromEntries(Array.from({ length: executions }, (_, n) => [`e-${n}`, seen(n)])),
    signals: Array.from({ length: signals }, (_, n) => ({ signalId: `s-${n}`, fingerprint: '', ts: NOW_TS })),
  };
}

it('a table that forgets nothing is allowed what it should have kept', () => {
  const placedTs = Array.from({ length: 100 }, (_, n) => NOW_TS - n * HOUR_MS);
  const bounded = allowedAt(stateWith(72, 2_000), placedTs.slice(0, 26), NOW_TS);
  expect(bounded).toMatchObject({ executions: 72, signals: 2_000, cycles: 0, orders: 26 });
  expect(allowedAt(stateWith(5_000, 20_000), placedTs, NOW_TS)).toEqual(bounded);
});
