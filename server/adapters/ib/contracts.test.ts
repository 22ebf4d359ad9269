/** From the broker's answer to the month that is traded: rolled by the calendar or by volume, and never from under an order. */
import { afterEach, describe, expect, it } from 'vitest';
import { openOrder } from '../../gateway/answer/order';
import { hostAfter } from '../clock/host';
import type { IbBrokerOptions } from './options';
import { bracket, type Listener, listen } from './testing/listener';
import { fieldsOf, record } from './testing/record';
import {
  contractDetails,
  type Fields,
  type Script,
  type ScriptedGateway,
  startScriptedGateway,
} from './testing/scripted-gateway';
import { endOfExchangeDay } from './translate/time';

const ESZ5 = 620731015;
const ESH6 = 649180695;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Eight days before the last trade of ESZ5. */
const ROLL_TS = (endOfExchangeDay('20251219') ?? 0) - 8 * DAY_MS;

let gateway: ScriptedGateway;
let heard: Listener;

async function connect(
  script: Script,
  options: Partial<IbBrokerOptions>,
  now: { ts: number },
): Promise<void> {
  gateway = await startScriptedGateway(script);
  heard = listen(gateway.port, options, now);
}

afterEach(async () => {
  await heard.broker.stop();
  await gateway.close();
});

const inZ5 = record({ orderId: 77, contract: { ...record().contract, conId: ESZ5, localSymbol: 'ESZ5' } });

const sent = (kind: string) => gateway.received.filter(([first]) => first === kind);

/** Daily bars of so many contracts for each month. */
const volumes = (byConId: Readonly<Record<number, readonly number[]>>): NonNullable<Script['answers']> => ({
  '20': ([, id = '', conId = '', ...rest]) => {
    if (!rest.includes('1 day')) return [[17, id, 'start', 'end', 0]];
    const days = byConId[Number(conId)];
    if (days === undefined) return [[4, 2, id, 162, 'HMDS query returned no data', '']];
    const bars = days.flatMap((contracts, n) => [
      1_765_500_000 + n * 86_400,
      6000,
      6010,
      5990,
      6001,
      contracts,
      6000,
      5,
    ]);
    return [[17, id, 'start', 'end', days.length, ...bars]];
  },
});

describe('the month to trade', () => {
  it('is rolled when its day comes, without a new connection, and says so ahead', async () => {
    const now = { ts: ROLL_TS - HOUR_MS };
    await connect({}, {}, now);
    const { instrument } = await heard.hears('InstrumentResolved');
    expect(instrument).toMatchObject({ localSymbol: 'ESZ5', roll: { atTs: ROLL_TS, to: 'ESH6' } });
    await expect.poll(() => sent('1')).toHaveLength(1);
    now.ts = ROLL_TS + 6 * HOUR_MS;
    const rolled = await heard.hears(
      'InstrumentResolved',
      (event) => event.instrument.localSymbol === 'ESH6',
    );
    expect(rolled.instrument.roll).toBeUndefined();
    await expect.poll(() => sent('1').map((request) => request[3])).toEqual([String(ESZ5), String(ESH6)]);
    await expect.poll(() => sent('2')).toHaveLength(1);
  });

  it('is not rolled from under an order that works in the old one', async () => {
    const now = { ts: ROLL_TS - HOUR_MS };
    await connect({}, {}, now);
    await heard.hears('InstrumentResolved');
    heard.broker.send(bracket({ limit: 24_000, target: 24_100, stop: 23_900 }));
    await expect.poll(() => sent('3')).toHaveLength(3);
    now.ts = ROLL_TS + 6 * HOUR_MS;
    const from = heard.events.length;
    const { instrument } = await heard.hears('InstrumentResolved', undefined, from);
    expect(instrument).toMatchObject({ localSymbol: 'ESZ5', roll: { atTs: ROLL_TS, to: 'ESH6' } });
    for (const orderId of [100, 101, 102])
      gateway.say(3, orderId, 'Cancelled', 0, 1, 0, 9000 + orderId, 0, 0, 17, '', 0);
    await heard.hears('OrderStatusReported', (event) => event.orderId === 102);
    now.ts += 7 * HOUR_MS;
    await heard.hears('InstrumentResolved', (event) => event.instrument.localSymbol === 'ESH6', from);
  });

  it('is the old one where own orders are pushed before the session, and nothing is held', async () => {
    const shown = fieldsOf(openOrder(inZ5, 178));
    const entry: Fields = [3, 77, 'PreSubmitted', 0, 1, 0, 9001, 0, 0, 17, '', 0];
    await connect({ greeting: [shown, entry] }, {}, { ts: ROLL_TS + HOUR_MS });
    expect((await heard.hears('InstrumentResolved')).instrument.localSymbol).toBe('ESZ5');
  });

  it('takes no entry for five seconds after a roll: it was decided at prices of the old month', async () => {
    const now = { ts: ROLL_TS - HOUR_MS };
    const host = { ms: 1_000_000 };
    const clock = {
      now: () => ({ ts: now.ts, hostMs: host.ms }),
      after: hostAfter,
      sync: () => undefined,
    };
    await connect({}, { clock, silenceMs: 5_000 }, now);
    await expect.poll(() => sent('1')).toHaveLength(1);
    now.ts = ROLL_TS + 6 * HOUR_MS;
    await heard.hears('InstrumentResolved', (event) => event.instrument.localSymbol === 'ESH6');
    heard.broker.send(bracket({ target: 24_100, stop: 23_900 }));
    const { why } = await heard.hears('OrderNotSent', (event) => event.orderRef === 'c-test-1:stop');
    expect(why).toBe('ES has just been rolled: its prices were those of the old month.');
    host.ms += 5_000;
    heard.broker.send(bracket({ target: 24_100, stop: 23_900 }));
    await expect.poll(() => sent('3')).toHaveLength(3);
    expect(sent('3')[0]?.[2]).toBe(String(ESH6));
  });
});

describe('by volume', () => {
  const before = { ts: ROLL_TS - 3 * DAY_MS };
  const after = { ts: ROLL_TS + DAY_MS };
  const byVolume = { frontMonth: 'volume' } as const;

  it('is the later month as soon as it trades more, before its day', async () => {
    await connect(
      { answers: volumes({ [ESZ5]: [500_000, 100_000], [ESH6]: [300_000, 400_000] }) },
      byVolume,
      before,
    );
    expect((await heard.hears('InstrumentResolved')).instrument.localSymbol).toBe('ESH6');
  });

  it('is the nearer month as long as it trades more, after its day', async () => {
    await connect({ answers: volumes({ [ESZ5]: [900_000], [ESH6]: [300_000] }) }, byVolume, after);
    expect((await heard.hears('InstrumentResolved')).instrument.localSymbol).toBe('ESZ5');
  });

  it('is by the calendar where the broker does not tell both volumes, and says so', async () => {
    await connect({ answers: volumes({ [ESZ5]: [900_000] }) }, byVolume, after);
    expect((await heard.hears('InstrumentResolved')).instrument.localSymbol).toBe('ESH6');
    const { text } = await heard.hears('BrokerNotice', (event) => event.code === 0);
    expect(text).toBe(
      'volume of ESH6: HMDS query returned no data. The front month of ES is chosen by the calendar.',
    );
  });

  it('is looked at again when the volumes are known: an order may have been sent meanwhile', async () => {
    let silent = false;
    const asked: string[][] = [];
    const tell = volumes({ [ESZ5]: [2], [ESH6]: [1] });
    const answers: NonNullable<Script['answers']> = {
      '20': (request) => {
        if (!silent || !request.includes('1 day')) return tell['20']?.(request) ?? [];
        asked.push([...request]);
        return [];
      },
    };
    const now = { ...before };
    await connect({ answers }, byVolume, now);
    await heard.hears('InstrumentResolved', (event) => event.instrument.localSymbol === 'ESZ5');
    await expect.poll(() => sent('1')).toHaveLength(1);
    silent = true;
    now.ts += 7 * HOUR_MS;
    await expect.poll(() => asked).toHaveLength(2);
    heard.broker.send(bracket({ limit: 24_000, target: 24_100, stop: 23_900 }));
    const from = heard.events.length;
    const later = volumes({ [ESZ5]: [1], [ESH6]: [2] });
    for (const request of asked) for (const message of later['20']?.(request) ?? []) gateway.say(...message);
    const { instrument } = await heard.hears('InstrumentResolved', undefined, from);
    expect(instrument.localSymbol).toBe('ESZ5');
  });

  it('never goes back to an earlier month', async () => {
    const traded: Record<number, number[]> = { [ESZ5]: [1], [ESH6]: [2] };
    const now = { ...before };
    await connect({ answers: volumes(traded) }, byVolume, now);
    await heard.hears('InstrumentResolved', (event) => event.instrument.localSymbol === 'ESH6');
    await expect.poll(() => sent('1')).toHaveLength(1);
    traded[ESZ5] = [3];
    now.ts += 7 * HOUR_MS;
    const { instrument } = await heard.hears('InstrumentResolved', undefined, heard.events.length);
    expect(instrument.localSymbol).toBe('ESH6');
  });
});

describe('several answers', () => {
  it('that leave open which contract is meant are refused and asked for again: nothing is traded', async () => {
    const twins: Script['answers'] = {
      '9': ([, , id = '']) => {
        const [z5, , end] = contractDetails(id, 'ES');
        const twin = (z5 ?? []).map((field) => (field === ESZ5 ? 1 : field === 'ESZ5' ? 'ESZ5 twin' : field));
        return [z5 ?? [], twin, end ?? []];
      },
    };
    await connect({ answers: twins }, { resolveAgainMs: 20 }, { ts: ROLL_TS - DAY_MS });
    const { text } = await heard.hears('BrokerNotice', (event) => event.code === 0);
    expect(text).toContain('contracts of ES: ambiguous');
    heard.broker.send(bracket({ target: 24_100, stop: 23_900 }));
    await heard.hears('OrderNotSent');
    await expect.poll(() => sent('9').length).toBeGreaterThan(1);
    expect(heard.all('InstrumentResolved')).toEqual([]);
  });

  it('that have all expired are none, which is said once however often they are asked for', async () => {
    await connect({}, { resolveAgainMs: 10 }, { ts: Date.parse('2026-06-01T14:00:00Z') });
    const { text } = await heard.hears('BrokerNotice', (event) => event.code === 0);
    expect(text).toBe('contracts of ES: none of 2 months can be traded. Asking again.');
    await expect.poll(() => sent('9').length).toBeGreaterThan(3);
    expect(heard.all('BrokerNotice')).toHaveLength(1);
  });
});
