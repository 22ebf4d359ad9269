/**
 * The database of a worker that has traded for three days at the pace of a soak: as many signals and executions as it ever remembers, in the
 * snapshot that the next worker begins with. A soak of an hour then shows a worker as full as it will be.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openJournal } from '../../server/adapters/journal/journal';
import type { SeenExecution } from '../../server/engine/model/position';
import { type EngineState, INITIAL_STATE } from '../../server/engine/model/state';
import type { JournalEntry } from '../../server/engine/model/step';
import { step } from '../../server/engine/step';

const DAY_MS = 86_400_000;
const DAYS = 3;
/** Of a round of 36 minutes of market about fifty are seen. */
const EXECUTIONS_A_DAY = 2_000;
const SIGNALS = 2_000;

/** @param beginsTs exchange time at which the worker goes on. @returns what its first step begins with */
export async function lived(databaseUrl: string, beginsTs: number): Promise<EngineState> {
  const manifest = path.resolve(import.meta.dirname, '../../package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const stamp = { seq: 1, ts: beginsTs, hostMs: Date.now() };
  const event = { type: 'WorkerStarted', version, replayedEntries: 0 } as const;
  const { state: started, ...concluded } = step(INITIAL_STATE, { ...stamp, event });
  const entry: JournalEntry = { ...stamp, event, ...concluded, quotes: [] };
  const state = { ...started, ...memoryAt(beginsTs) };
  const journal = await openJournal({ databaseUrl, engineVersion: version });
  await journal.append({ entries: [entry], cycles: [], bars: [] });
  await journal.saveSnapshot(1, state);
  await journal.close();
  return state;
}

function memoryAt(beginsTs: number): Pick<EngineState, 'executions' | 'signals'> {
  const count = EXECUTIONS_A_DAY * DAYS;
  const executions = Array.from({ length: count }, (_, n): [string, SeenExecution] => {
    const key = `0000aaaa.${n.toString(16).padStart(8, '0')}.01`;
    const execId = `${key}.01`;
    const cycleId = `c-mit2vr40-${Math.floor(n / 2).toString(36)}`;
    const entered = n % 2 === 0;
    return [
      key,
      {
        ref: `${cycleId}:${entered ? 'entry' : 'target'}`,
        execId,
        symbol: 'ES',
        side: entered ? 'BUY' : 'SELL',
        quantity: 1,
        priceTicks: 27_400 + (n % 80),
        ts: beginsTs - Math.round((DAYS * DAY_MS * (count - n)) / count),
        cycleIds: [cycleId],
        shares: [1],
        commissionMicros: 2_250_000,
        chargedFor: execId,
      },
    ];
  });
  const signals = Array.from({ length: SIGNALS }, (_, n) => ({
    signalId: `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
    fingerprint: `soak|ES|BUY|2|MKT||${6_850 + n * 0.25}|${6_860 + n * 0.25}`,
    ts: beginsTs - (SIGNALS - n) * 30_000,
  }));
  return { executions: Object.fromEntries(executions), signals };
}
