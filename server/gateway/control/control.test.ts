/** The control port of a gateway, over real HTTP: the plug is pulled and put back while a client is connected. */
import { EventName } from '@stoqey/ib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Gateway } from '../gateway';
import { MINUTE, TAPE_START } from '../testing/market';
import { stage } from '../testing/stage';
import { controlCommand } from './command';
import { Desk } from './desk';
import { type ControlServer, openControl } from './server';

const { open, terminal } = stage();
let gateway: Gateway;
let control: ControlServer;

beforeEach(async () => {
  gateway = await open();
  control = await openControl(new Desk(gateway), 0);
});
afterEach(() => control.close());

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(`http://127.0.0.1:${control.port}${path}`, { method, headers, ...init });
  return { status: response.status, body: await response.json() };
}

it('says how the gateway stands', async () => {
  await terminal(gateway, 4);
  expect(await ask('GET', '/state')).toEqual({
    status: 200,
    body: {
      port: gateway.port,
      exchangeTime: new Date(TAPE_START + 1).toISOString(),
      speed: 0,
      running: false,
      clients: [{ clientId: 4, version: 193 }],
      faults: [],
    },
  });
});

it('puts a fault, shows it, and lifts it', async () => {
  const put = await ask('POST', '/faults', { fault: 'delayAck 500', forMs: 60_000 });
  expect(put.body.faults).toEqual([
    { id: 1, fault: 'delayAck byMs=500', leftMs: expect.any(Number), clock: 'wall' },
  ]);
  expect((await ask('DELETE', '/faults/1')).body.faults).toEqual([]);
  expect(await ask('DELETE', '/faults/1')).toMatchObject({
    status: 404,
    body: { error: expect.stringMatching(/No fault 1 is on/) },
  });
});

it('pulls the plug of a client', async () => {
  const client = await terminal(gateway, 1);
  await ask('POST', '/faults', { fault: { kind: 'dropTcp' } });
  await client.hears(EventName.disconnected);
});

it('applies nothing of a list of which one is wrong', async () => {
  const answer = await ask('POST', '/faults', [{ fault: 'frozenQuotes' }, { fault: 'frozenQuote' }]);
  expect(answer).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(/"frozenQuote" is no fault.*; nothing was put\.$/) },
  });
  expect((await ask('GET', '/state')).body.faults).toEqual([]);
});

it('lifts everything', async () => {
  await ask('POST', '/faults', [{ fault: 'frozenQuotes' }, { fault: 'lostStatuses 0.5' }]);
  expect((await ask('DELETE', '/faults')).body.faults).toEqual([]);
});

it('runs, holds, steps and jumps', async () => {
  expect((await ask('POST', '/speed', { speed: 0.1 })).body.speed).toBe(0.1);
  expect((await ask('POST', '/resume')).body.running).toBe(true);
  expect((await ask('POST', '/pause')).body.running).toBe(false);
  const due = gateway.exchange.nextEventTs();
  await ask('POST', '/step', {});
  expect(gateway.exchange.now).toBe(due);
  await ask('POST', '/step', { ms: MINUTE });
  expect(gateway.exchange.now).toBe(due + MINUTE);
  await ask('POST', '/step', {});
  expect(gateway.exchange.now).toBe(due + MINUTE);
  const to = new Date(TAPE_START + 5 * MINUTE).toISOString();
  expect((await ask('POST', '/advance', { to })).body.exchangeTime).toBe(to);
});

it.each([
  ['POST', '/speed', { speed: 0 }, 400, /from 0\.1 to 10000, not 0; the speed is as it was/],
  ['POST', '/speed', '{', 400, /not JSON/],
  ['POST', '/step', { ms: -1 }, 400, /^ms: /],
  ['POST', '/advance', { to: 'noon' }, 400, /ISO time with its zone/],
  ['POST', '/advance', { to: '2020-01-01T00:00:00Z' }, 400, /name a time after it/],
  ['GET', '/etc/passwd', undefined, 404, /There is no GET \/etc\/passwd; there are GET \/state/],
  ['POST', '/faults', 'x'.repeat(70_000), 413, /too long/],
])('%s %s %o is refused', async (method, path, body, status, error) => {
  expect(await ask(method, path, body)).toMatchObject({
    status,
    body: { error: expect.stringMatching(error) },
  });
});

it('turns a web page away', async () => {
  const answer = await ask('POST', '/faults', { fault: 'dropTcp' }, { origin: 'http://evil.example' });
  expect(answer).toEqual({ status: 400, body: { error: 'The control port is not for web pages.' } });
});

it('is steered from a shell, with a negative number too', async () => {
  const printed: string[] = [];
  const type = (...words: string[]) =>
    controlCommand((text) => printed.push(text)).parseAsync(['--control-port', `${control.port}`, ...words], {
      from: 'user',
    });
  await type('fault', 'clockSkew', '-3000', 'for', '60000');
  expect(JSON.parse(printed.at(-1) ?? '').faults).toMatchObject([{ id: 1, fault: 'clockSkew byMs=-3000' }]);
  await type('lift');
  await type('speed', '60');
  expect(JSON.parse(printed.at(-1) ?? '')).toMatchObject({ faults: [], speed: 60 });
  await expect(type('speed', 'fast')).rejects.toThrow('speed');
  await expect(type('fault', 'explode')).rejects.toThrow('"explode" is no fault of this gateway');
});

it('says what to do when no gateway is there', async () => {
  const { port } = control;
  await control.close();
  const asking = controlCommand(() => undefined).parseAsync(['--control-port', `${port}`, 'state'], {
    from: 'user',
  });
  await expect(asking).rejects.toThrow(`No gateway answers at control port ${port}; start one with`);
  control = await openControl(new Desk(gateway), 0);
});
