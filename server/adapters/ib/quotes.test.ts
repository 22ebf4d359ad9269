/** Quotes and bars that the broker refuses: said once, asked for again until they come. */
import { afterEach, describe, expect, it } from 'vitest';
import type { IbBrokerOptions } from './options';
import { type HandClock, handClock } from './testing/hand-clock';
import { type Listener, listen } from './testing/listener';
import {
  type Fields,
  type Script,
  type ScriptedGateway,
  startScriptedGateway,
} from './testing/scripted-gateway';

let gateway: ScriptedGateway;
let heard: Listener;

async function connect(
  answers: Script['answers'],
  options: Partial<IbBrokerOptions> = {},
  at?: { ts: number },
): Promise<void> {
  gateway = await startScriptedGateway({ answers });
  heard = listen(gateway.port, { subscribeAgainMs: 15, quoteMs: 1, questionMs: 1, ...options }, at);
}

afterEach(async () => {
  await heard.broker.stop();
  await gateway.close();
});

const sent = (kind: string) => gateway.received.filter(([first]) => first === kind);
const lastRequestId = () => sent('1').at(-1)?.[2] ?? '';

/** Lets time pass until the line has been asked for: questions leave as the clock lets them. */
async function subscribed(clock: HandClock): Promise<void> {
  const asked = () => {
    clock.pass(1);
    return sent('1');
  };
  await expect.poll(asked).toHaveLength(1);
}

/** So much time passes; returns when the gateway has what was sent until the heartbeat that fell due. */
async function passAndHeartbeat(clock: HandClock, ms: number): Promise<void> {
  clock.pass(ms);
  await expect.poll(() => heard.broker.heartbeat()?.atHostMs).toBe(clock.now().hostMs);
}

const COMPETING = 'No market data during competing live session';
const refuse = (code: number, text: string) => ({
  '1': ([, , id = '']: readonly string[]): Fields[] => [[4, 2, id, code, text, '']],
});

describe('quotes that another session of the login takes (10197)', () => {
  it('are said to be missing once, however often they are asked for, and asked for on a fresh line', async () => {
    await connect(refuse(10197, COMPETING));
    await expect.poll(() => sent('1').length).toBeGreaterThanOrEqual(4);
    expect(heard.all('QuotesRefused')).toEqual([
      { type: 'QuotesRefused', symbol: 'ES', code: 10197, text: COMPETING, competing: true },
    ]);
    expect(heard.all('BrokerNotice')).toEqual([]);
    expect(new Set(sent('1').map((request) => request[2])).size).toBe(sent('1').length);
    await expect.poll(() => sent('2').length).toBeGreaterThanOrEqual(2);
  });

  it('are back by themselves when that session ends: on the old line or on a new one', async () => {
    let taken = true;
    await connect({
      '1': ([, , id = '']) => (taken ? [[4, 2, id, 10197, COMPETING, '']] : [[1, 6, id, 4, 6000, 1, 0]]),
    });
    await heard.hears('QuotesRefused');
    taken = false;
    await heard.hears('QuotesResumed');
    const { quote } = await heard.hears('QuoteReceived', (event) => event.quote.lastTicks === 24_000);
    expect(quote.symbol).toBe('ES');
    const asked = sent('1').length;
    gateway.say(4, 2, lastRequestId(), 10197, COMPETING, '');
    await heard.hears('QuotesRefused', undefined, heard.events.length);
    gateway.say(1, 6, lastRequestId(), 4, 6001, 1, 0);
    await heard.hears('QuotesResumed', undefined, heard.events.length);
    expect(sent('1')).toHaveLength(asked);
  });

  it('are not asked for on a connection that is gone', async () => {
    const clock = handClock();
    await connect(refuse(10197, COMPETING), { clock });
    await subscribed(clock);
    await heard.hears('QuotesRefused');
    await heard.broker.stop();
    expect(clock.waiting).toBe(0);
  });
});

describe('quotes that are not subscribed', () => {
  it('are said to be missing with IB’s words, and a line that IB does not know is not cancelled', async () => {
    await connect(refuse(354, 'Requested market data is not subscribed.'));
    expect(await heard.hears('QuotesRefused')).toMatchObject({
      code: 354,
      text: 'Requested market data is not subscribed.',
      competing: false,
    });
    await expect.poll(() => sent('1').length).toBeGreaterThanOrEqual(3);
    expect(sent('2')).toEqual([]);
  });

  it('in part only (10090) are not missing: it is a notice', async () => {
    await connect(refuse(10090, 'Part of requested market data is not subscribed.'));
    expect((await heard.hears('BrokerNotice')).text).toContain('quotes of ESH6: Part of requested');
    expect(heard.all('QuotesRefused')).toEqual([]);
  });
});

describe('a line that says nothing although its venue is open', () => {
  it('is asked for again until a quote comes, and says so once', async () => {
    let well = false;
    await connect(
      { '1': ([, , id = '']) => (well ? [[1, 6, id, 4, 6000, 1, 0]] : []) },
      { silentQuotesMs: 30 },
    );
    await expect.poll(() => sent('1').length).toBeGreaterThanOrEqual(4);
    expect(heard.all('BrokerNotice').map(({ text }) => text)).toEqual([
      'No quote of ESH6 came for 0 s although its venue is open: asked for again until one comes.',
    ]);
    await expect.poll(() => sent('2').length).toBeGreaterThanOrEqual(3);
    well = true;
    await heard.hears('QuoteReceived');
    expect(heard.all('QuotesResumed')).toEqual([]);
  });

  it('is left alone while its venue is closed', async () => {
    const clock = handClock(Date.parse('2025-12-13T18:00:00Z'));
    await connect({}, { clock, silentQuotesMs: 20, heartbeatMs: 1 });
    await subscribed(clock);
    await passAndHeartbeat(clock, 1);
    for (let n = 0; n < 10; n += 1) await passAndHeartbeat(clock, 20);
    expect(sent('1')).toHaveLength(1);
    expect(heard.all('BrokerNotice')).toEqual([]);
  });

  it('is left alone while quotes come', async () => {
    const clock = handClock();
    await connect({}, { clock, silentQuotesMs: 20, heartbeatMs: 1 });
    await subscribed(clock);
    await passAndHeartbeat(clock, 1);
    for (let n = 0; n < 10; n += 1) {
      gateway.say(1, 6, lastRequestId(), 4, 6000 + n, 1, 0);
      await heard.hears('QuoteReceived', ({ quote }) => quote.lastTicks === 4 * (6000 + n));
      await passAndHeartbeat(clock, 15);
    }
    expect(sent('1')).toHaveLength(1);
    expect(heard.all('BrokerNotice')).toEqual([]);
  });
});

describe('bars that IB refuses or ends', () => {
  it('are asked for again, and say why meanwhile', async () => {
    let asked = 0;
    const minute = 1_765_550_400;
    const history = ([, id = '']: readonly string[]): Fields[] =>
      asked++ === 0
        ? [[4, 2, id, 162, 'HMDS query returned no data', '']]
        : [
            [
              17,
              id,
              'start',
              'end',
              2,
              ...[0, 60].flatMap((n) => [minute + n, 6000, 6000, 6000, 6000, 1, 6000, 1]),
            ],
          ];
    await connect({ '20': history }, { barsAgainMs: 15 });
    expect((await heard.hears('BrokerNotice')).text).toBe('bars of ESH6: HMDS query returned no data');
    expect((await heard.hears('BarsLoaded')).bars).toHaveLength(1);
    const id = sent('20').at(-1)?.[1] ?? '';
    gateway.say(4, 2, id, 10182, 'Failed to request live updates (disconnected).', '');
    await heard.hears('BarsLoaded', undefined, heard.events.length);
    expect(sent('20')).toHaveLength(3);
  });
});

describe('IB’s data servers', () => {
  it('are told of by name, with what each serves', async () => {
    await connect({});
    await heard.hears('BrokerConnected');
    gateway.say(4, 2, -1, 2104, 'Market data farm connection is OK:usfuture', '');
    gateway.say(4, 2, -1, 2105, 'HMDS data farm connection is broken:ushmds', '');
    await heard.hears('FarmReported', (event) => event.farm === 'ushmds');
    expect(heard.all('FarmReported')).toEqual([
      { type: 'FarmReported', farm: 'usfuture', serves: 'market data', state: 'ok' },
      { type: 'FarmReported', farm: 'ushmds', serves: 'history', state: 'broken' },
    ]);
  });
});
