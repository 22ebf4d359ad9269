/** A recorded day, played: the bars that come out are the bars that went in. Skips where the recording is not there. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { BarSizeSetting, EventName } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { readSettings } from './settings';
import { readTape } from './tape-file';
import { ES, MINUTE } from './testing/market';
import { stage } from './testing/stage';

const RECORDING = path.resolve(
  import.meta.dirname,
  '../../../shared/data/es-1m-2025-11-02_2025-12-12.csv.gz',
);
const AT = '2025-12-12T14:45:00Z';
const { open, terminal } = stage();

describe.skipIf(!existsSync(RECORDING))('the recorded day (skips without ../shared/data)', () => {
  it('gives its own bars back, past and as they come', async () => {
    const asTyped = {
      ...{ port: '0', host: '127.0.0.1', account: 'DU1234567', seed: '1', speed: '60', symbol: 'ES' },
      ...{ serverVersion: '193', quoteInterval: '50', tape: RECORDING, at: AT },
    };
    const gateway = await open({ ...readSettings(asTyped, Date.now()), speed: 0 });
    const client = await terminal(gateway, 1);
    client.api.reqHistoricalData(1, ES, '', '2 D', BarSizeSetting.MINUTES_ONE, 'TRADES', 0, 2, true);
    await client.hears(EventName.historicalData, 1);
    const atTs = Date.parse(AT);
    for (let minute = 1; minute <= 30; minute += 1) gateway.advanceTo(atTs + minute * MINUTE);
    const lastClosed = atTs + 29 * MINUTE;
    await client.hears(EventName.historicalDataUpdate, 1, String((lastClosed + MINUTE) / 1000));

    const heard = new Map<number, unknown[]>();
    for (const name of [EventName.historicalData, EventName.historicalDataUpdate]) {
      for (const [, date, ...prices] of client.all(name)) heard.set(Number(date), prices.slice(0, 5));
    }
    const expected = readTape(RECORDING).bars.filter(
      ({ ts }) => ts > atTs - 2 * 1440 * MINUTE && ts <= lastClosed,
    );
    expect(expected.length).toBeGreaterThan(2000);
    for (const { ts, open, high, low, close, volume } of expected) {
      const points = [open, high, low, close].map((ticks) => ticks / 4);
      expect(heard.get(ts / 1000), new Date(ts).toISOString()).toEqual([...points, volume]);
    }
  });
});
