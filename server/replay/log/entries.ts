/**
 * From bytes to entries. An entry begins at a line with a time stamp and goes on to the next such line, blank lines and values over
 * several lines included. Only entries that hold one of the bot's words are decoded. Of those that repeat by the million (prices,
 * positions, signals) each is checked where it lies, and only the last before anything else is decoded: the others change nothing.
 */
import { STAMP_BYTES, stampOf } from './clock';
import type { LogEntry } from './said';
import { type Hits, Scanner, STAMPED } from './scan/scanner';
import { WORDS } from './words';

const NEWLINE = 10;
const SPACE = 32;
/** What an entry may be long at most; what is longer is taken in pieces. */
const ENTRY_BYTES_MAX = 256 * 1_024;
const TEXT_MAX = 8_192;
const ANCHORS = WORDS.map(({ anchor }) => anchor);

/** Windows are large: one that is done with serves the next log. */
const IDLE: Scanner[] = [];
const PLAIN = WORDS.map(({ plain }) => plain);

export class EntryReader {
  lines = 0;
  firstTs: number | null = null;
  lastTs: number | null = null;
  unzoned = 0;
  private scanner: Scanner | null = null;
  private headText = '';
  private headTs: number | null = null;
  /** By word: where a line stands that is decoded if it is the last of its word, -1 for none; and which line it is. */
  private readonly waitsAt = new Int32Array(WORDS.length).fill(-1);
  private readonly waitsIn = new Float64Array(WORDS.length);
  private entries: LogEntry[] = [];

  /** @param thin false: every entry is told, for logs that are read side by side. */
  constructor(
    private readonly source: string,
    private readonly thin: boolean,
  ) {}

  /** Where the bytes are to be put. */
  get window(): Buffer {
    this.scanner ??= IDLE.pop() ?? new Scanner(ANCHORS);
    return this.scanner.window;
  }

  /**
   * Takes the entries that lie whole in the first `length` bytes of the window. @param ended nothing follows: what is left is taken too.
   * @returns the entries, and how many bytes are done with; the rest is to be shown again with what follows it.
   */
  take(length: number, ended: boolean): { entries: LogEntry[]; done: number } {
    const bytes = this.window;
    const scanner = this.scanner as Scanner;
    const done = ended ? length : lastHead(bytes, length);
    const half = ended && length > 0 && bytes[length - 1] !== NEWLINE ? lineStart(bytes, length) : length;
    this.entries = [];
    for (let from = 0; from < done; from = scanner.next) {
      const hits = scanner.find(from, done, from === 0);
      this.walk(hits, { scanner, done, half });
      this.lines += scanner.lines;
    }
    this.decode(bytes, done);
    if (ended) this.leave(scanner);
    return { entries: this.entries, done };
  }

  private leave(scanner: Scanner): void {
    IDLE.push(scanner);
    this.scanner = null;
  }

  private walk(
    { count, ints }: Hits,
    { scanner, done, half }: { scanner: Scanner; done: number; half: number },
  ): void {
    const bytes = scanner.window;
    for (let n = 0; n < count; n += 1) {
      const at = ints[4 * n] as number;
      const stamped = (ints[4 * n + 1] as number) >= STAMPED;
      const word = (ints[4 * n + 1] as number) & (STAMPED - 1);
      const line = this.lines + (ints[4 * n + 2] as number) + 1;
      const plain = this.thin && stamped && at < half ? PLAIN[word] : undefined;
      if (plain?.(bytes, at)) {
        if (this.isOfAnother(bytes, word, at)) this.decode(bytes, done);
        this.waitsAt[word] = at;
        this.waitsIn[word] = line;
        continue;
      }
      if (!scanner.isWhole(word, at)) continue;
      this.decode(bytes, done);
      const start = ints[4 * n + 3] as number;
      const stop = headAfter(bytes, at, done);
      const words = [word];
      for (; n + 1 < count && (ints[4 * n + 4] as number) < stop; n += 1) {
        const also = (ints[4 * n + 5] as number) & (STAMPED - 1);
        if (!words.includes(also) && scanner.isWhole(also, ints[4 * n + 4] as number)) words.push(also);
      }
      this.read(bytes, { start, stop, line, half: stop > half }, words);
    }
  }

  /** Positions of two instruments stand side by side: one does not take the place of the other. */
  private isOfAnother(bytes: Buffer, word: number, at: number): boolean {
    const subject = WORDS[word]?.subjectAt;
    const before = this.waitsAt[word] as number;
    if (subject === undefined || before < 0) return false;
    for (let n = subject; ; n += 1) {
      if (bytes[at + n] !== bytes[before + n]) return true;
      if (bytes[at + n] === SPACE) return false;
    }
  }

  /** What waits, in the order in which it stands. */
  private decode(bytes: Buffer, done: number): void {
    for (;;) {
      let word = -1;
      for (let other = 0; other < WORDS.length; other += 1) {
        const at = this.waitsAt[other] as number;
        if (at >= 0 && (word < 0 || at < (this.waitsAt[word] as number))) word = other;
      }
      if (word < 0) return;
      const at = this.waitsAt[word] as number;
      const line = this.waitsIn[word] as number;
      this.waitsAt[word] = -1;
      const place = { start: lineStart(bytes, at), stop: headAfter(bytes, at, done), line, half: false };
      this.read(bytes, place, [word]);
    }
  }

  private read(
    bytes: Buffer,
    hit: { start: number; stop: number; line: number; half: boolean },
    words: readonly number[],
  ): void {
    const start = headBefore(bytes, hit.start);
    const text = bytes.toString('utf8', start, Math.min(hit.stop, start + TEXT_MAX)).trimEnd();
    const ts = this.stamp(text);
    const line = start === hit.start ? hit.line : hit.line - newlines(bytes, start, hit.start);
    for (const n of words) {
      const said = WORDS[n]?.read(text);
      if (said === undefined) continue;
      const readable = !hit.half && ts !== null;
      this.entries.push({
        source: this.source,
        line,
        text,
        ts: ts ?? this.lastTs ?? 0,
        said: readable ? said : null,
      });
    }
  }

  /** Entries of one second share their head: it is read once. */
  private stamp(text: string): number | null {
    const bar = text.indexOf('|');
    const head = text.slice(0, bar > 0 ? Math.min(bar, STAMP_BYTES) : STAMP_BYTES);
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

/** `20dd-dd-` at the beginning of a line. */
function isHead(bytes: Buffer, at: number): boolean {
  return bytes[at] === 50 && bytes[at + 1] === 48 && bytes[at + 4] === 45 && bytes[at + 7] === 45;
}

function lineStart(bytes: Buffer, at: number): number {
  return at === 0 ? 0 : bytes.lastIndexOf(NEWLINE, at - 1) + 1;
}

/** The beginning of the entry that a line belongs to; the line itself where none is near. */
function headBefore(bytes: Buffer, line: number): number {
  for (let start = line; line - start < ENTRY_BYTES_MAX; start = lineStart(bytes, start - 1)) {
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

/** Where the last entry begins, which may go on after the window. */
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
