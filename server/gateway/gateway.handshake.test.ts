/** A real client connects, at every version; strangers and intruders do no harm. */
import { DurationUnit, EventName } from '@stoqey/ib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLIENTS_MAX } from './session/clients';
import { crumblingLine } from './testing/crumbling-line';
import { ES } from './testing/market';
import { stage } from './testing/stage';
import { Terminal } from './testing/terminal';
import { buyMarket } from './testing/tickets';
import { encodeFrame } from './wire/frame';

const { open, terminal, raw } = stage();

describe('the handshake', () => {
  it('says account, next id and farms in the order of a real gateway', async () => {
    const client = await terminal(await open(), 1);
    await client.hears(EventName.info, undefined, 2158);
    expect(client.heard.map(([name]) => name)).toEqual([
      ...['connected', 'server', 'managedAccounts', 'nextValidId'],
      ...['info', 'info', 'info'],
    ]);
  });

  it('agrees on 178 with a client that knows no more, whatever options it adds', async () => {
    const client = await raw(await open());
    client.offer('v157..178 +PACEAPI');
    expect(await client.next()).toEqual(['178', '20251112 08:45:00 US/Central']);
  });

  it('goes on after a startApi whose client id cannot be read', async () => {
    const client = await raw(await open());
    client.offer('v178');
    await client.next();
    client.send(71, 2, 'seven', '');
    await client.until('4', '2', '-1', '320');
    client.send(71, 2, 7, '');
    await client.until('9');
  });

  it('closes on a client whose versions it does not have', async () => {
    const client = await raw(await open());
    client.offer('v201..222');
    expect(await client.next()).toBeUndefined();
  });

  it('closes on a peer that speaks something else, and goes on serving the others', async () => {
    const gateway = await open();
    const intruder = await raw(gateway);
    intruder.write('GET / HTTP/1.1\r\n\r\n');
    expect(await intruder.next()).toBeUndefined();
    await terminal(gateway, 1);
  });

  it('reads a client id that is not said as 0, and ignores what comes before startApi', async () => {
    const client = await raw(await open());
    client.offer('v178');
    await client.next();
    client.send(49, 1);
    client.send(71, 2, '', '');
    expect((await client.next())?.[0]).toBe('15');
  });
});

describe('a client id', () => {
  it('that is in use is refused with 326, and the client that came first stays', async () => {
    const gateway = await open();
    const first = await terminal(gateway, 7);
    const second = new Terminal(gateway.port, 7);
    second.api.connect();
    await second.hears(EventName.info, undefined, 326);
    await second.hears(EventName.disconnected);
    first.api.reqCurrentTime();
    await first.hears(EventName.currentTime);
  });

  it('is free again once its client has left', async () => {
    const gateway = await open();
    const first = await raw(gateway);
    await first.start(7);
    gateway.dropClients();
    await first.gone();
    await terminal(gateway, 7);
  });

  it('is refused when as many clients are connected as a gateway takes', async () => {
    const gateway = await open();
    for (let id = 0; id < CLIENTS_MAX; id += 1) await (await raw(gateway)).start(id);
    const late = await raw(gateway);
    late.offer('v178');
    await late.next();
    late.send(71, 2, CLIENTS_MAX, '');
    expect((await late.next())?.slice(0, 4)).toEqual(['4', '2', '-1', '321']);
    expect(await late.next()).toBeUndefined();
  });
});

describe('a request', () => {
  it('that nobody knows is answered with 321 and the connection lives on', async () => {
    const client = await raw(await open());
    await client.start(1);
    client.send(9999, 1);
    await client.until('4', '2', '-1', '321');
    client.send('no number at all');
    await client.until('4', '2', '-1', '321');
    client.send(49, 1);
    await client.until('49');
  });

  it('that is known but not served is refused under its own id', async () => {
    const client = await terminal(await open(), 1);
    client.api.reqHistogramData(4711, ES, false, 1, DurationUnit.DAY);
    await client.hears(EventName.error, undefined, 321, 4711);
  });

  it('with a field that cannot be read is answered with 320 under its own id', async () => {
    const client = await raw(await open());
    await client.start(1);
    client.send(3, 12, 'not a conId', 'ES', 'FUT');
    const refusal = (await client.until('4', '2', '12', '320')).at(-1);
    expect(refusal?.[4]).toContain('"not a conId"');
  });

  it('may arrive one byte at a time', async () => {
    const client = await raw(await open());
    await client.start(1);
    for (const byte of encodeFrame([91, 67])) client.write(Buffer.from([byte]));
    expect((await client.until('93')).at(-1)).toEqual(['93', '67', '1', '0', '0.25']);
  });
});

describe('a line that delivers one byte at a time', () => {
  it('carries a whole trade between a real client and the gateway', async () => {
    const gateway = await open();
    const line = await crumblingLine(gateway.port);
    const client = await new Terminal(line.port, 1).ready();
    client.api.placeOrder(1, ES, buyMarket({ orderRef: 'c1:entry' }));
    await client.hears(EventName.commissionReport);
    expect(client.all(EventName.execDetails)).toMatchObject([[-1, {}, { orderRef: 'c1:entry', shares: 1 }]]);
    expect(client.all(EventName.error)).toEqual([]);
    client.close();
    line.close();
  });
});

describe('frames of any content', () => {
  it('never take the gateway down', async () => {
    const gateway = await open();
    const field = fc.oneof(
      fc.constantFrom(
        '',
        '0',
        '1',
        '2',
        '3',
        '-1',
        'ES',
        'FUT',
        'CME',
        '202512',
        '1 min',
        '1 D',
        'TRADES',
        'BUY',
      ),
      fc.string().filter((text) => !text.includes('\0')),
    );
    const frame = fc.tuple(fc.integer({ min: 1, max: 110 }), fc.array(field, { maxLength: 120 }));
    const property = fc.asyncProperty(fc.array(frame, { maxLength: 30 }), async (frames) => {
      const client = await raw(gateway);
      await client.start(1);
      for (const [messageId, fields] of frames) client.send(messageId, ...fields);
      client.send(49, 1);
      await client.until('49');
      client.close();
      gateway.dropClients();
    });
    await fc.assert(property, { numRuns: 60 });
  });
});
