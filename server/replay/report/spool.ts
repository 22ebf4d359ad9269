/** Orders that were judged, in the order in which they came: as many as a page may show in memory, more of them in a file until they are told. */
import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JudgedOrder } from '../model/verdict';

const CHUNK_BYTES = 65_536;
const NEWLINE = 10;

/** Memory stays the same however many there are. The file has no name any more: it goes with the process. */
export class Spool implements Iterable<JudgedOrder> {
  private readonly file: number;
  private bytes = 0;
  private waiting = '';

  constructor() {
    const folder = mkdtempSync(path.join(tmpdir(), 'interlock-replay-'));
    this.file = openSync(path.join(folder, 'orders.jsonl'), 'wx+');
    rmSync(folder, { recursive: true });
  }

  add(judged: JudgedOrder): void {
    this.waiting += `${JSON.stringify(judged)}\n`;
    if (this.waiting.length >= CHUNK_BYTES) this.flush();
  }

  *[Symbol.iterator](): Generator<JudgedOrder> {
    this.flush();
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = Buffer.alloc(0);
    for (let at = 0; at < this.bytes; ) {
      const count = readSync(this.file, chunk, 0, CHUNK_BYTES, at);
      at += count;
      const bytes = Buffer.concat([rest, chunk.subarray(0, count)]);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
        yield JSON.parse(bytes.toString('utf8', start, end)) as JudgedOrder;
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
  }

  private flush(): void {
    const bytes = Buffer.from(this.waiting);
    for (let at = 0; at < bytes.length; )
      at += writeSync(this.file, bytes, at, bytes.length - at, this.bytes + at);
    this.bytes += bytes.length;
    this.waiting = '';
  }
}
