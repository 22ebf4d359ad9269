/** The flagship: the days that were lost, played again. No order is above the position, no exit opens one, no minute is bare. */
import assert from 'node:assert/strict';
import { DISASTERS, type Figures } from './disasters';
import { scenario } from './scenario';
import type { Scene } from './stage';

const BARE_MS = 3_000;

for (const { day, rows, play, recorded, startTs, meanMs, exchangeMs, variations } of DISASTERS) {
  const now: Figures = { contracts: 0, peak: 0, bareMinutes: 0, note: 'no exit opened a position' };
  scenario(
    rows,
    `${day}, as it was recorded`,
    async (scene) => {
      await play(scene);
      assert.equal(scene.position('ES'), 0);
      assert.equal(scene.position('MES'), 0);
      assert.equal(scene.record.ordersAbovePosition, 0);
      assert.ok(scene.record.longestBareMs <= BARE_MS, `${scene.record.longestBareMs} ms bare`);
      worst(now, scene);
    },
    {
      variations,
      setting: { startTs, exchangeMs, mood: { meanMs, deviation: 0, jumps: 0, jumpTicks: 0, depth: 20 } },
      summary: () => [row(day, 'then', recorded), row('', 'now', now)].join('\n'),
    },
  );
}

/** The worst of all variations. */
function worst(now: Figures, { record, world }: Scene): void {
  const contracts = world.truth.fills.reduce((sum, fill) => sum + fill.execution.shares, 0);
  now.contracts = Math.max(now.contracts ?? 0, contracts);
  now.peak = Math.max(now.peak ?? 0, ...record.peak.values());
  now.bareMinutes = Math.max(now.bareMinutes ?? 0, record.bareMs / 60_000);
}

function row(day: string, when: string, { contracts, peak, bareMinutes, note }: Figures): string {
  const cell = (value: number | null, unit: string) => `${value ?? '?'} ${unit}`.padStart(21);
  const minutes = bareMinutes === null ? null : Number(bareMinutes.toFixed(1));
  return `${day.padEnd(12)} ${when.padEnd(5)}${cell(contracts, 'contracts traded')}${cell(peak, 'held at most')}${cell(minutes, 'min unprotected')}  ${note}`;
}
