/** `interlock frames`: what is wanted of a recording, also of one that breaks off, and one sentence for what is none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { frames } from './frames';

const folder = mkdtempSync(path.join(tmpdir(), 'frames-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SESSION = [
  { ms: 0, conn: 1, way: 'in', fields: ['v100..193'] },
  { ms: 1, conn: 1, way: 'out', fields: ['193', '20251212 08:45:00 US/Central'] },
  { ms: 2, conn: 1, client: 7, way: 'in', fields: ['71', '2', '7'] },
  { ms: 1_500, conn: 1, client: 7, way: 'out', fields: ['9', '1', '42'] },
  { ms: 2_000, conn: 1, client: 7, way: 'end', fields: ['gateway', 'the connection was cut'] },
];
const lines = SESSION.map((frame) => `${JSON.stringify(frame)}\n`).join('');

function recording(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

it('shows what passed, and who ended it', () => {
  const file = recording('whole.jsonl', lines);
  expect(frames(file, { client: 7 })).toMatchObject({
    code: 0,
    text: [
      '     0.002 s  #1 client 7  <-  startApi  version=2  clientId=7',
      '     1.500 s  #1 client 7  ->  nextValidId  version=1  orderId=42',
      '     2.000 s  #1 client 7  --  end  gateway  the connection was cut',
    ].join('\n'),
    data: SESSION.slice(2),
  });
  expect(frames(file, { type: 'orderStatus' }).text).toBe('No frame is like that.');
});

it('shows what is whole of one that breaks off, and says that it does', () => {
  const file = recording('cut.jsonl', lines.slice(0, -20));
  expect(frames(file, { type: 'nextValidId' }).text.split('\n')).toEqual([
    expect.stringContaining('nextValidId  version=1  orderId=42'),
    `The recording ${file} breaks off after line 4; what stands before that is whole.`,
  ]);
});

it('refuses what is none', () => {
  const file = recording('other.jsonl', '{"a": 1}\n');
  expect(frames(file, {})).toEqual({
    code: 2,
    text: `${file}, line 1 is no recorded frame; was the file written with --record?`,
    data: { result: 'no recording' },
  });
});
