/**
 * From bytes to entries. An entry begins at a line with a time stamp and goes on to the next such line, blank lines and values over
 * several lines included. Only entries that hold one of the bot's words are decoded; lines are counted on the way.
 */
import { STAMP_BYTES, stampOf } from './clock';
import { Finder } from './finder';
import type { LogEntry } from './said';
import { WORDS } from './words';

const NEWLINE = 10;
const finder = new Finder(WORDS.map(({ anchor }) => anchor));
/** What an entry may be long at most; what is longer is taken in pieces. */
const ENTRY_BYTES_MAX = 256 * 1_024;
const TEXT_MAX = 8_192;

export class EntryReader {
  lines = 0;
  firstTs: number | null = null;
  lastTs: number | null = null;
  unzoned = 0;
  private headText = '';
  private headTs: number | null = null;

  constructor(private readonly source: string) {}

  /**
   * Takes the entries that lie whole in the buffer. @param ended nothing follows: what is left is taken too.
   * @returns the entries, and how many bytes are done with; the rest is to be shown again with what follows it.
   */
  take(bytes: Buffer, length: number, ended: boolean): { entries: LogEntry[]; done: number } {
    const entries: LogEntry[] = [];
    const done = ended ? length : lastHead(bytes, length);
    let counted = 0;
    let from = 0;
    for (;;) {
      const hit = finder.next(bytes, from, done);
      if (hit === null) break;
      const start = headBefore(bytes, hit.at);
      const stop = headAfter(bytes, hit.at, done);
      this.lines += newlines(bytes, counted, start);
      counted = start;
      const found = new Set([hit.word]);
      for (let also = finder.next(bytes, hit.at + 1, stop); also !== null; ) {
        found.add(also.word);
        also = finder.next(bytes, also.at + 1, stop);
      }
      const half = ended && stop === length && bytes[length - 1] !== NEWLINE;
      this.read(bytes, { start, stop, half }, found, entries);
      from = stop;
    }
    this.lines += newlines(bytes, counted, done);
    return { entries, done };
  }

  private read(
    bytes: Buffer,
    { start, stop, half }: { start: number; stop: number; half: boolean },
    found: ReadonlySet<number>,
    into: LogEntry[],
  ): void {
    const text = bytes.toString('utf8', start, Math.min(stop, start + TEXT_MAX)).trimEnd();
    const ts = this.stamp(text);
    const place = { source: this.source, line: this.lines + 1, text };
    for (const n of found) {
      const said = WORDS[n]?.read(text);
      if (said === undefined) continue;
      into.push({ ...place, ts: ts ?? this.lastTs ?? 0, said: half || ts === null ? null : said });
    }
  }

  /** Entries of one second share their head: it is read once. */
  private stamp(text: string): number | null {
    const head = text.slice(
      0,
      text.indexOf('|') > 0 ? Math.min(text.indexOf('|'), STAMP_BYTES) : STAMP_BYTES,
    );
    if (head === this.headText) return this.headTs;
    const stamp = stampOf(head);
    this.headText = head;
    this.headTs = stamp?.ts ?? null;
    if (stamp === null) return null;
    if (!stamp.zoned) this.unzoned += 1;
    this.firstTs ??= stamp.ts;
    this.lastTs = stamp.ts;
    return stamp.ts;
  }
}

/** `20dd-dd` at the beginning of a line. */
function isHead(bytes: Buffer, at: number): boolean {
  return bytes[at] === 50 && bytes[at + 1] === 48 && bytes[at + 4] === 45 && bytes[at + 7] === 45;
}

function lineStart(bytes: Buffer, at: number): number {
  return at === 0 ? 0 : bytes.lastIndexOf(NEWLINE, at - 1) + 1;
}

/** The beginning of the entry that `at` lies in; of the line where none is near. */
function headBefore(bytes: Buffer, at: number): number {
  const line = lineStart(bytes, at);
  for (let start = line; at - start < ENTRY_BYTES_MAX; start = lineStart(bytes, start - 1)) {
    if (isHead(bytes, start)) return start;
    if (start === 0) return line;
  }
  return line;
}

/** The beginning of the next entry, or `to`. */
function headAfter(bytes: Buffer, at: number, to: number): number {
  for (let start = at; ; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    if (newline === -1 || newline + 1 >= to) return to;
    start = newline + 1;
    if (isHead(bytes, start) || start - at > ENTRY_BYTES_MAX) return start;
  }
}

/** Where the last entry begins, which may go on after the buffer. */
function lastHead(bytes: Buffer, length: number): number {
  for (let start = lineStart(bytes, length); start > 0; start = lineStart(bytes, start - 1)) {
    // the head itself must be whole to be known as one
    if (start + 8 <= length && isHead(bytes, start)) return start;
    if (length - start > ENTRY_BYTES_MAX) return start;
  }
  return length > ENTRY_BYTES_MAX ? length : 0;
}

function newlines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE, from); at !== -1 && at < to; at = bytes.indexOf(NEWLINE, at + 1)) {
    count += 1;
  }
  return count;
}
