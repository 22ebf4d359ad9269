import { expect, it } from 'vitest';
import type { Command } from '../engine/model/command';
import type { JournalEntry } from '../engine/model/step';
import { TICK } from '../engine/testing/events';
import { untoldAlerts } from './untold';

function entry(hostMs: number, ...commands: readonly Command[]): JournalEntry {
  return { seq: hostMs, ts: hostMs, hostMs, event: TICK, facts: [], commands, quotes: [] };
}

const bare = { type: 'SendAlert', severity: 'critical', text: 'WITHOUT A STOP' } as const;

it('what the last write of a dead worker found critical is told again, and nothing else', () => {
  const entries = [
    entry(1_000, { ...bare, text: 'told long ago' }),
    entry(5_000, bare, { type: 'SendAlert', severity: 'warning', text: 'Gateway lost' }),
    entry(5_002, { type: 'RequestReport', requestId: 3 }),
  ];
  expect(untoldAlerts(entries)).toEqual([{ ...bare, text: 'Told again after a restart: WITHOUT A STOP' }]);
});

it('a worker that was stopped has left a snapshot and nothing untold', () => {
  expect(untoldAlerts([])).toEqual([]);
});
