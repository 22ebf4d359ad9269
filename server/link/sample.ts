/** A small view, for the tests of this folder. */
import { EMPTY_DAY } from '../engine/model/day';
import type { View, WorkerView } from '../engine/view/words';
import type { Snapshot } from './stream';

const worker: WorkerView = {
  version: '0.1.0',
  startedHostMs: 1,
  clock: 'wall',
  speed: 1,
  advisor: 'rules',
  sources: ['http'],
  heartbeat: null,
  restarts: null,
  clockSkew: null,
};

const view: View = {
  seq: 1,
  ts: 1,
  hostMs: 1,
  venue: {
    paper: true,
    account: 'DU1',
    phase: 'connected',
    detail: '',
    sinceHostMs: 1,
    serverVersion: 193,
    reconciled: true,
    reconcileRound: 0,
    foreignOrders: 0,
    farms: [],
  },
  mode: { mode: 'Active', since: 1, by: 'default', why: 'first start' },
  symbolModes: {},
  protection: { state: 'none', sinceHostMs: null, detail: '' },
  instruments: [],
  positions: [],
  brackets: [],
  foreignOrders: [],
  proposals: [],
  flatten: null,
  journal: { phase: 'writing', why: null },
  day: { ...EMPTY_DAY, openMicros: 0, lossLeftMicros: 0 },
  health: [],
  activity: [],
  bars: {},
};

export function snapshotOf(n: number, set: Partial<View> = {}): Snapshot {
  return { kind: 'snapshot', n, view: { ...view, ...set }, worker };
}
