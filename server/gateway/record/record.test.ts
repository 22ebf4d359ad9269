/** What passed the wire, written to a file and read again: as it went, whole, and as a person reads it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EventName } from '@stoqey/ib';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { spoil } from '../fault/testing/drill';
import { ES } from '../testing/market';
import { stage } from '../testing/stage';
import { buyMarket } from '../testing/tickets';
import { Recorder } from './recorder';
import { NoRecording, readRecording } from './recording';
import { isWanted, showFrame, type Wanted } from './show';

const { open, terminal } = stage();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'record-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function recordedTrade(name: string): Promise<string> {
  const file = path.join(folder, name);
  const recorder = await Recorder.open(file);
  const gateway = await open({ recorder });
  spoil(gateway, 'duplicateCallbacks');
  const client = await terminal(gateway, 7);
  client.api.placeOrder(1, ES, buyMarket());
  await client.hears(EventName.commissionReport);
  await gateway.close();
  await recorder.close();
  return file;
}

const shown = (file: string, wanted: Wanted) =>
  readRecording(file)
    .frames.filter((frame) => isWanted(frame, wanted))
    .map(showFrame);

it.each(['wire.jsonl', 'wire.jsonl.gz'])('%s holds the session, faults included', async (name) => {
  const recording = readRecording(await recordedTrade(name)).frames;
  expect(recording[0]).toMatchObject({ conn: 1, way: 'in', fields: ['v100..193'] });
  const seen = recording.map(({ way, client, fields }) => `${way} ${client} ${fields[0]}`);
  expect(seen.slice(0, 4)).toEqual(['in undefined v100..193', 'out undefined 193', 'in 7 71', 'out 7 15']);
  expect(seen.filter((text) => text === 'out 7 11')).toHaveLength(2);
});

it('is printed with the names of messages and fields, by id, type and client', async () => {
  const file = await recordedTrade('wire.jsonl');
  const statuses = shown(file, { type: 'orderStatus', id: '1', client: 7 });
  expect(statuses.length).toBeGreaterThan(0);
  for (const line of statuses) {
    expect(line).toMatch(/^ +\d+\.\d{3} s {2}#1 client 7 {2}-> {2}orderStatus {2}orderId=1 {2}status=\w+ /);
  }
  expect(shown(file, { type: 'placeOrder' })).toEqual([
    expect.stringMatching(/<- {2}placeOrder {2}orderId=1 .*action=BUY {2}quantity=1 {2}orderType=MKT/),
  ]);
  expect(shown(file, { client: 8 })).toEqual([]);
});

it('names the line that is no frame, and a file that is not there', () => {
  const file = path.join(folder, 'other.jsonl');
  writeFileSync(file, '{"ms":0,"conn":1,"way":"in","fields":["v100..193"]}\n{"ms":0}\n');
  expect(() => readRecording(file)).toThrow(NoRecording);
  expect(() => readRecording(file)).toThrow('line 2 is no recorded frame');
  expect(() => readRecording(path.join(folder, 'none'))).toThrow(/cannot be read .*check the path/);
});
