/** The intake behind a real HTTP server, seen from the sender's side. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Signal } from '../../engine/model/signal';
import type { SignalOutcome } from '../../ports';
import { httpIntake, type IntakeOptions } from './http';

const KEY = 'a-key-that-is-long-enough';
const KEYS = [{ name: 'desk', sha256: createHash('sha256').update(KEY).digest('hex') }];
const GOOD = {
  id: 's1',
  symbol: 'ES',
  action: 'BUY',
  quantity: 1,
  stop: 1,
  target: 9,
  time: 1_765_551_193_000,
};
const ACCEPTED: SignalOutcome = {
  result: 'accepted',
  codes: [],
  cycleId: 'c-1-1',
  detail: 'Bracket journaled.',
  seq: 7,
};

let server: Server;
let port: number;
let submitted: Signal[];
let refusals: string[];
let hostMs: number;
let outcome: () => Promise<SignalOutcome>;
let refusal: () => Promise<void>;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

async function listen(options: Partial<IntakeOptions> = {}) {
  const intake = httpIntake({
    keys: KEYS,
    submit: (signal) => {
      submitted.push(signal);
      return outcome();
    },
    refuse: (source, code, detail, excerpt) => {
      refusals.push([source, code, detail, excerpt].join(' | '));
      return refusal();
    },
    log: silent,
    hostMs: () => hostMs,
    ...options,
  });
  server = createServer(intake);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
}

beforeEach(async () => {
  submitted = [];
  refusals = [];
  hostMs = 0;
  outcome = () => Promise.resolve(ACCEPTED);
  refusal = () => Promise.resolve();
  await listen();
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function post(body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`http://127.0.0.1:${port}/api/signals`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** A sender that speaks raw bytes. @returns all that was answered until the connection closed. */
async function raw(send: (socket: Socket) => void): Promise<string> {
  const socket = connect(port, '127.0.0.1', () => send(socket));
  let heard = '';
  socket.on('data', (piece) => {
    heard += piece;
  });
  await new Promise((resolve) => socket.on('close', resolve).on('error', resolve));
  return heard;
}

const HEAD = `POST /api/signals HTTP/1.1\r\nHost: x\r\nX-API-Key: ${KEY}\r\nContent-Type: application/json\r\n`;

describe('a signal over HTTP', () => {
  it('is submitted under the name of its key, and the outcome is the answer', async () => {
    expect(await post(GOOD)).toMatchObject({ status: 202, body: ACCEPTED });
    expect(submitted).toMatchObject([{ signalId: 's1', source: 'http:desk', symbol: 'ES' }]);
    expect(refusals).toEqual([]);
  });

  it('may carry its key as X-API-Key', async () => {
    expect((await post(GOOD, { authorization: '', 'x-api-key': KEY })).status).toBe(202);
  });

  it.each([
    [{ ...ACCEPTED, result: 'waiting' as const, codes: ['AWS_WAIT'] }, 202],
    [{ ...ACCEPTED, result: 'refused' as const, codes: ['MISSING_PROTECTION'] }, 422],
    [{ ...ACCEPTED, result: 'refused' as const, codes: ['STALE_SIGNAL', 'DUPLICATE_SIGNAL'] }, 409],
  ])('answers %o with %i', async (decided, status) => {
    outcome = () => Promise.resolve(decided);
    expect(await post(GOOD)).toMatchObject({ status, body: decided });
  });

  it('is refused with the field that is wrong, and journaled with what came', async () => {
    expect(await post({ ...GOOD, quantity: -1 })).toMatchObject({
      status: 400,
      body: {
        result: 'refused',
        codes: ['MALFORMED_SIGNAL'],
        cycleId: null,
        detail: 'quantity: Too small: expected number to be >=1.',
        seq: null,
      },
    });
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toMatch(/^http:desk \| MALFORMED_SIGNAL \| quantity: .* \| \{"id":"s1"/);
    expect(submitted).toEqual([]);
  });

  it('gets the same answer to a missing, a wrong and an empty key', async () => {
    const answers = [
      await post(GOOD, { authorization: '' }),
      await post(GOOD, { authorization: 'Bearer wrong' }),
      await post('not even JSON', { authorization: `Basic ${KEY}` }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ codes: ['UNAUTHENTICATED_SIGNAL'] });
    expect(refusals).toHaveLength(3);
  });

  it('does not let callers without a key fill the journal', async () => {
    for (let call = 0; call < 30; call++) expect((await post(GOOD, { authorization: '' })).status).toBe(401);
    expect(refusals).toHaveLength(10);
  });

  it('is cut off at 8 KiB', async () => {
    const { status, body } = await post(`{"id":"${'x'.repeat(9_000)}"}`);
    expect({ status, codes: body.codes }).toEqual({ status: 413, codes: ['OVERSIZED_SIGNAL'] });
    expect((await post(`{"id":"${'x'.repeat(900_000)}"}`)).status).toBe(413);
    expect(refusals[0]).toMatch(/^http:desk \| OVERSIZED_SIGNAL \| The body is larger than 8192 bytes\./);
  });

  it('is counted while it streams when it does not say how large it is', async () => {
    const heard = await raw((socket) => {
      socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
      socket.write(`2001\r\n${'x'.repeat(0x2001)}\r\n`);
      socket.end('0\r\n\r\n');
    });
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    expect(refusals[0]).toMatch(/xxxxx$/);
  });

  it('is hung up on when it never ends, after its answer', async () => {
    const heard = await raw((socket) => {
      socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
      const flood = () => {
        while (!socket.destroyed && socket.write(`1000\r\n${'x'.repeat(0x1000)}\r\n`));
      };
      socket.on('drain', flood);
      flood();
    });
    expect(heard === '' || heard.startsWith('HTTP/1.1 413 ')).toBe(true);
    expect(refusals).toHaveLength(1);
  });

  it('is cut off when its body dribbles', async () => {
    server.close();
    await listen({ bodyDeadlineMs: 20 });
    const heard = await raw((socket) => socket.write(`${HEAD}Content-Length: 100\r\n\r\n{"id"`));
    expect(heard).toMatch(/^HTTP\/1\.1 408 /);
    expect(heard).toContain('The body did not arrive within 20 ms.');
    expect(refusals[0]).toContain('MALFORMED_SIGNAL');
  });

  it('is nothing when its sender hangs up half way', async () => {
    await raw((socket) => {
      socket.write(`${HEAD}Content-Length: 100\r\n\r\n{"id"`, () => socket.destroy());
    });
    expect((await post(GOOD)).status).toBe(202);
    expect(submitted).toHaveLength(1);
    expect(refusals).toEqual([]);
  });

  it('may lose its sender while it is decided', async () => {
    let decide: (decided: SignalOutcome) => void = () => {};
    outcome = () =>
      new Promise((resolve) => {
        decide = resolve;
      });
    const body = JSON.stringify(GOOD);
    const hungUp = raw((socket) => {
      socket.write(`${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`);
      server.once('request', (request) => request.on('close', () => decide(ACCEPTED)));
      setImmediate(() => socket.destroy());
    });
    await hungUp;
    outcome = () => Promise.resolve(ACCEPTED);
    expect((await post({ ...GOOD, id: 's2' })).status).toBe(202);
  });

  it('is refused when it is not a POST of JSON', async () => {
    const got = await fetch(`http://127.0.0.1:${port}/api/signals`);
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await post(GOOD, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(GOOD, { 'content-type': 'application/json; charset=latin1' })).status).toBe(415);
    expect((await post(GOOD, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(202);
  });

  it('is refused beyond the burst, journaled once, and taken again a second later', async () => {
    const statuses: number[] = [];
    for (let call = 0; call < 15; call++) statuses.push((await post({ ...GOOD, id: `s${call}` })).status);
    expect(statuses).toEqual([...Array(10).fill(202), ...Array(5).fill(429)]);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toMatch(/^http:desk \| RATE_LIMIT \| /);
    hostMs += 1_000;
    expect((await post({ ...GOOD, id: 'later' })).status).toBe(202);
  });

  it('is answered 503 in words when the worker cannot write its journal', async () => {
    outcome = () => Promise.reject(new Error('the disk is full'));
    expect(await post(GOOD)).toMatchObject({
      status: 503,
      body: {
        result: 'refused',
        detail:
          'The worker cannot write its journal, so nothing was traded (the disk is full). Send the signal again with the same id.',
      },
    });
    refusal = () => Promise.reject(new Error('the disk is full'));
    expect((await post('{')).status).toBe(503);
    expect((await post(GOOD, { authorization: '' })).status).toBe(401);
  });
});
