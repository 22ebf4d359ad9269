/** Bars of every size over a whole day, the sessions they belong to, and the pace at which they may be asked for. */
import { type BarSizeSetting, EventName, WhatToShow } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import type { Gateway } from './gateway';
import { ES, MINUTE, TAPE_START, tapeOf } from './testing/market';
import { stage } from './testing/stage';
import type { Terminal } from './testing/terminal';

const { open, terminal } = stage();
/** From 08:45 until the end of the session at 16:00, and from its next open at 17:00. */
const [UNTIL_CLOSE, UNTIL_OPEN] = [435, 495];

/** Minute after minute the price rises by a tick, through the pause (which counts to what follows) and into the next session. */
const MARKET = tapeOf(
  ...Array.from({ length: UNTIL_OPEN + 30 }, (_, i) => {
    const price = 6000 + i / 4;
    return [price, price, price, price] as const;
  }),
);

async function atEvening(rules = {}): Promise<{ gateway: Gateway; client: Terminal }> {
  const gateway = await open({ market: MARKET, rules });
  gateway.advanceTo(TAPE_START + (UNTIL_OPEN + 20) * MINUTE);
  return { gateway, client: await terminal(gateway, 1) };
}

/** Date, open, close of each bar. */
async function bars(client: Terminal, size: string, { useRth = 0, duration = '2 D', format = 1 } = {}) {
  client.forget();
  client.api.reqHistoricalData(
    4,
    ES,
    '',
    duration,
    size as BarSizeSetting,
    WhatToShow.TRADES,
    useRth,
    format,
    false,
  );
  client.api.reqCurrentTime();
  await client.hears(EventName.currentTime);
  const rows = client
    .all(EventName.historicalData)
    .filter(([, date]) => !String(date).startsWith('finished'));
  return rows.map(([, date, first, , , last]) => [date, first, last]);
}

describe('bars', () => {
  it('of a day are sessions, dated by their trade date whatever the format', async () => {
    const { client } = await atEvening();
    const days = [
      ['20251112', 6000, expect.any(Number)],
      ['20251113', 6000 + UNTIL_CLOSE / 4, expect.any(Number)],
    ];
    expect(await bars(client, '1 day')).toEqual(days);
    expect(await bars(client, '1 day', { format: 2, duration: '1 M' })).toEqual(days);
  });

  it('of a week and of a month hold their days, dated by the last', async () => {
    const { client } = await atEvening();
    expect(await bars(client, '1 week', { duration: '1 Y' })).toEqual([
      ['20251113', 6000, expect.any(Number)],
    ]);
    expect(await bars(client, '1 month', { duration: '1 Y' })).toEqual([
      ['20251113', 6000, expect.any(Number)],
    ]);
  });

  it('of hours are counted from the open of their session', async () => {
    const { client } = await atEvening();
    const starts = (await bars(client, '4 hours')).map(([date]) => date);
    expect(starts).toEqual([
      ...['20251112 05:00:00 US/Central', '20251112 09:00:00 US/Central', '20251112 13:00:00 US/Central'],
      '20251112 17:00:00 US/Central',
    ]);
  });

  it('in regular hours leave out the evening', async () => {
    const { client } = await atEvening();
    const rth = await bars(client, '1 hour', { useRth: 1 });
    expect(rth.at(-1)?.[0]).toBe('20251112 15:00:00 US/Central');
    expect((await bars(client, '1 hour')).at(-1)?.[0]).toBe('20251112 17:00:00 US/Central');
  });

  it('of seconds are made of the last trades, and kept up to date', async () => {
    const { gateway, client } = await atEvening();
    const [first, ...rest] = await bars(client, '30 secs', { duration: '120 S' });
    expect(String(first?.[0])).toMatch(/ US\/Central$/);
    expect(rest.length).toBeGreaterThan(0);
    client.forget();
    client.api.reqHistoricalData(
      5,
      ES,
      '',
      '60 S',
      '5 secs' as BarSizeSetting,
      WhatToShow.TRADES,
      0,
      2,
      true,
    );
    client.api.reqCurrentTime();
    await client.hears(EventName.currentTime);
    gateway.advanceTo(TAPE_START + (UNTIL_OPEN + 21) * MINUTE);
    const [, , date] = await client.hears(EventName.historicalDataUpdate, 5);
    expect(Number(date) % 5).toBe(0);
  });
});

describe('the schedule', () => {
  it('lists the sessions of the time, whole or in regular hours', async () => {
    const { client } = await atEvening();
    const schedule = (reqId: number, useRth: boolean) =>
      client.api.reqHistoricalData(
        reqId,
        ES,
        '',
        '1 D',
        '1 day' as BarSizeSetting,
        'SCHEDULE' as WhatToShow,
        useRth,
        1,
        false,
      );
    schedule(4, false);
    schedule(5, true);
    await client.hears(EventName.historicalSchedule, 5);
    const whole = {
      startDateTime: '20251111-17:00:00',
      endDateTime: '20251112-16:00:00',
      refDate: '20251112',
    };
    expect(client.all(EventName.historicalSchedule)).toEqual([
      [
        ...[4, '20251111-17:00:00', '20251113-16:00:00', 'US/Central'],
        [
          whole,
          { startDateTime: '20251112-17:00:00', endDateTime: '20251113-16:00:00', refDate: '20251113' },
        ],
      ],
      [
        ...[5, '20251112-08:30:00', '20251113-16:00:00', 'US/Central'],
        [
          { startDateTime: '20251112-08:30:00', endDateTime: '20251112-16:00:00', refDate: '20251112' },
          { startDateTime: '20251113-08:30:00', endDateTime: '20251113-16:00:00', refDate: '20251113' },
        ],
      ],
    ]);
  });
});

describe('the pace of requests', () => {
  const twice = async (size: string, rules: object) => {
    const { client } = await atEvening(rules);
    for (const reqId of [4, 5])
      client.api.reqHistoricalData(
        reqId,
        ES,
        '',
        '60 S',
        size as BarSizeSetting,
        WhatToShow.TRADES,
        0,
        1,
        false,
      );
    client.api.reqCurrentTime();
    await client.hears(EventName.currentTime);
    return client.all(EventName.error).map(([error, code, id]) => [code, id, String(error)]);
  };
  const violation = [
    ...[162, 5],
    'Error: Historical Market Data Service error message:Historical data request pacing violation',
  ];

  it.each([
    ['5 secs', 'smallBars', [violation]],
    ['1 min', 'smallBars', []],
    ['1 min', 'all', [violation]],
    ['5 secs', 'none', []],
  ])('for the same bars of %s again, held to "%s"', async (size, historyPacing, errors) => {
    expect(await twice(size, { historyPacing })).toEqual(errors);
  });

  it('for the same ticks again is IB’s as well', async () => {
    const { client } = await atEvening();
    for (const reqId of [4, 5])
      client.api.reqHistoricalTicks(
        reqId,
        ES,
        '',
        '20251112 17:15:00 US/Central',
        10,
        WhatToShow.TRADES,
        0,
        false,
      );
    await client.hears(EventName.error, undefined, 162, 5);
    expect(client.all(EventName.historicalTicksLast)).toHaveLength(1);
  });
});
