/** A session of a real client is recorded, and played to another: it hears the same. And what is refused, and how. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EventName } from '@stoqey/ib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { spoil } from '../fault/testing/drill';
import type { Gateway } from '../gateway';
import { Recorder } from '../record/recorder';
import { readRecording } from '../record/recording';
import { StartRefused } from '../tape-file';
import { ES, MINUTE, TAPE_START } from '../testing/market';
import { RawClient } from '../testing/raw-client';
import { stage } from '../testing/stage';
import { type Heard, Terminal } from '../testing/terminal';
import { buyLimit, buyMarket } from '../testing/tickets';
import { Playback } from './playback';
import { readSessions } from './session';
import type { PlaybackEvent } from './stand';

const { open } = stage();
let folder: string;
const closing: { close(): unknown }[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'playback-'));
});
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close();
  rmSync(folder, { recursive: true, force: true });
});

async function terminal({ port }: { port: number }, clientId: number): Promise<Terminal> {
  const client = new Terminal(port, clientId);
  closing.push(client);
  return client.ready();
}

/** A market order and its fill told twice, a limit that rests, quotes; then the gateway cuts the line. */
async function session(client: Terminal, gateway?: Gateway): Promise<readonly Heard[]> {
  client.api.reqMktData(10, ES, '', false, false);
  await client.hears(EventName.tickPrice, 10);
  client.api.placeOrder(1, ES, buyMarket());
  await client.hears(EventName.commissionReport);
  client.api.placeOrder(2, ES, buyLimit(5990));
  await client.hears(EventName.orderStatus, 2, 'Submitted');
  gateway?.advanceTo(TAPE_START + MINUTE);
  client.api.reqPositions();
  await client.hears(EventName.positionEnd);
  gateway?.dropClients();
  await client.hears(EventName.disconnected);
  return client.heard;
}

async function recorded(name: string): Promise<{ file: string; heard: readonly Heard[] }> {
  const file = path.join(folder, name);
  const recorder = await Recorder.open(file);
  const gateway = await open({ recorder });
  spoil(gateway, 'duplicateCallbacks');
  const heard = await session(await terminal(gateway, 7), gateway);
  await gateway.close();
  await recorder.close();
  return { file, heard };
}

async function played(
  file: string,
  patienceMs = 600_000,
): Promise<{ playback: Playback; events: PlaybackEvent[] }> {
  const events: PlaybackEvent[] = [];
  const { sessions } = readSessions(file);
  const log = (event: PlaybackEvent) => void events.push(event);
  const playback = new Playback({ port: 0, host: '127.0.0.1', speed: 10_000, patienceMs, sessions, log });
  await playback.open();
  closing.push(playback);
  return { playback, events };
}

describe('a recorded session', () => {
  it.each(['wire.jsonl', 'wire.jsonl.gz'])(
    'of %s is heard again by a client that does the same',
    async (name) => {
      const { file, heard } = await recorded(name);
      const { playback, events } = await played(file);
      expect(await session(await terminal(playback, 7))).toEqual(heard);
      await vi.waitFor(() =>
        expect(events.map(({ kind }) => kind)).toEqual(['playing', 'played', 'client left']),
      );
    },
  );

  it('is heard to where it breaks off, when its gateway was killed', async () => {
    const { file } = await recorded('wire.jsonl');
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.slice(0, whole.indexOf('"fields":["59"') + 8));
    expect(readSessions(file).cut).toMatch(/breaks off after line \d+; what stands before that is whole\.$/);
    const { playback, events } = await played(file);
    const client = await terminal(playback, 7);
    client.api.reqMktData(10, ES, '', false, false);
    client.api.placeOrder(1, ES, buyMarket());
    await client.hears(EventName.orderStatus, 1, 'Filled');
    expect(events.map(({ kind }) => kind)).toEqual(['playing', 'played']);
  });

  it('of a gzipped file that breaks off is as long as what can be unpacked', async () => {
    const { file } = await recorded('wire.jsonl.gz');
    const whole = readRecording(file);
    writeFileSync(file, readFileSync(file).subarray(0, -200));
    const left = readRecording(file);
    expect([whole.cut, left.cut]).toEqual([undefined, expect.stringContaining('breaks off after line')]);
    expect(left.frames.length).toBeLessThan(whole.frames.length);
    expect(left.frames).toEqual(whole.frames.slice(0, left.frames.length));
  });

  it('goes on when the client says something that was not recorded, and tells what was waited for', async () => {
    const { file } = await recorded('wire.jsonl');
    const { playback, events } = await played(file);
    const client = await terminal(playback, 7);
    client.api.reqAllOpenOrders();
    client.api.reqMktData(11, ES, '', false, false);
    await client.hears(EventName.tickPrice, 10);
    expect(events.slice(1)).toEqual([
      ...[
        {
          kind: 'not in the recording',
          clientId: 7,
          conn: 1,
          said: 'reqAllOpenOrders',
          expected: 'reqMktData',
        },
      ],
      ...[{ kind: 'other fields', clientId: 7, conn: 1, said: 'reqMktData', fields: [2] }],
    ]);
  });
});

describe('a client that is waited for', () => {
  it('is told of in the log, with what it has not said', async () => {
    const { file } = await recorded('wire.jsonl');
    const { playback, events } = await played(file, 1);
    await terminal(playback, 7);
    const waits = { kind: 'waits', clientId: 7, conn: 1, expected: 'reqMktData' };
    await expect.poll(() => events.at(-1)).toEqual(waits);
  });
});

describe('refused is', () => {
  it('a client that the recording does not have, or no more of: with 321', async () => {
    const { file } = await recorded('wire.jsonl');
    const { playback, events } = await played(file);
    const client = new Terminal(playback.port, 8);
    closing.push(client);
    client.api.connect();
    await client.hears(
      EventName.info,
      'The recording has no more of client 8; there is left: client 7 (version 193)',
    );
    await client.hears(EventName.disconnected);
    await terminal(playback, 7);
    const again = new Terminal(playback.port, 7);
    closing.push(again);
    again.api.connect();
    await again.hears(EventName.disconnected);
    expect(events.at(-1)).toMatchObject({
      kind: 'connection refused',
      reason: expect.stringMatching(/left: nothing$/),
    });
  });

  it('a client that cannot read the version of the recording', async () => {
    const { file } = await recorded('wire.jsonl');
    const { playback, events } = await played(file);
    const client = await RawClient.connected(playback.port);
    closing.push(client);
    client.offer('v157..178');
    expect(await client.next()).toBeUndefined();
    expect(events).toEqual([
      {
        kind: 'connection refused',
        reason: 'the client offers "v157..178"; there is left: client 7 (version 193)',
      },
    ]);
  });

  it.each([
    [
      'a damaged frame',
      (text: string) => text.replace('"fields":["71"', '"fields":71'),
      /, line 3 is no recorded frame; was the file written with --record\?$/,
    ],
    ['no frame', () => '', /holds no frame; was the file written with --record\?$/],
    [
      'a connection without its beginning',
      (text: string) => text.split('\n').slice(2).join('\n'),
      /Connection 1 of the recording has lost its beginning\.$/,
    ],
    [
      'connections without a client alone',
      (text: string) => `${text.split('\n')[0]}\n`,
      /got so far as to name its client: there is nothing to play\.$/,
    ],
  ])('a recording that holds %s, in one sentence', async (_, damaged, sentence) => {
    const { file } = await recorded('wire.jsonl');
    writeFileSync(file, damaged(readFileSync(file, 'utf8')));
    expect(() => readSessions(file)).toThrow(StartRefused);
    expect(() => readSessions(file)).toThrow(sentence);
  });

  it('a file that is not there', () => {
    expect(() => readSessions(path.join(folder, 'none'))).toThrow(
      /^--playback: The recording .*none cannot be read/,
    );
  });
});
