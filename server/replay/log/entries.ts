/**
 * From bytes to entries. An entry begins at a line with a time stamp and goes on to the next such line, blank lines and values over
 * several lines included. Only entries that hold one of the bot's words are taken, and of those that repeat by the million (prices,
 * positions, signals) only the last before anything else: the others change nothing.
 */
import { LogClock } from './clock';
import type { LogEntry } from './said';
import { type Hits, Scanner, STAMPED } from './scan/scanner';
import { WORDS } from './words';

const NEWLINE = 10;
const SPACE = 32;
/** What an entry may be long at most; what is longer is taken in pieces. */
const ENTRY_BYTES_MAX = 256 * 1_024;
const TEXT_MAX = 8_192;

/** Windows are large: one that is done with serves the next log. */
const IDLE: Scanner[] = [];

export class EntryReader {
  lines = 0;
  firstTs: number | null = null;
  lastTs: number | null = null;
  unzoned = 0;
  private scanner: Scanner | null = null;
  private readonly clock = new LogClock();
  private entries: LogEntry[] = [];

  /** @param thin false: every entry is told, for logs that are read side by side. */
  constructor(
    private readonly source: string,
    private readonly thin: boolean,
  ) {}

  /** Where the bytes are to be put. */
  get window(): Buffer {
    this.scanner ??= IDLE.pop() ?? new Scanner(WORDS);
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
    const hits = scanner.find(done, { lines: this.lines, plainTo: this.thin ? half : 0 });
    this.walk(bytes, hits, { done, half });
    this.lines = hits.lines;
    if (ended) this.leave(scanner);
    return { entries: this.entries, done };
  }

  private leave(scanner: Scanner): void {
    IDLE.push(scanner);
    this.scanner = null;
  }

  private walk(bytes: Buffer, { count, ints }: Hits, { done, half }: { done: number; half: number }): void {
    for (let n = 0; n < count; n += 1) {
      const [at, word, line, start] = [ints[4 * n], ints[4 * n + 1], ints[4 * n + 2], ints[4 * n + 3]] as Hit;
      const stop = headAfter(bytes, at, done);
      const words = [word & (STAMPED - 1)];
      for (; n + 1 < count && (ints[4 * n + 4] as number) < stop; n += 1) {
        const also = (ints[4 * n + 5] as number) & (STAMPED - 1);
        if (!words.includes(also)) words.push(also);
      }
      const head = word >= STAMPED ? start : headBefore(bytes, start);
      const before = head === start ? 0 : newlines(bytes, head, start);
      this.read(bytes, { head, stop, line: line + 1 - before, half: stop > half }, words);
    }
  }

  private read(
    bytes: Buffer,
    { head, stop, line, half }: { head: number; stop: number; line: number; half: boolean },
    words: readonly number[],
  ): void {
    const text = bytes.toString('latin1', head, textEnd(bytes, head, Math.min(stop, head + TEXT_MAX)));
    const ts = this.stamp(text);
    for (const word of words) {
      const what = WORDS[word]?.read(text);
      if (what === undefined) continue;
      const readable = !half && ts !== null;
      this.entries.push({
        source: this.source,
        line,
        text,
        ts: ts ?? this.lastTs ?? 0,
        said: readable ? what : null,
      });
    }
  }

  private stamp(text: string): number | null {
    const stamp = this.clock.read(text);
    if (stamp === null) return null;
    if (!stamp.zoned) this.unzoned += 1;
    this.firstTs ??= stamp.ts;
    this.lastTs = stamp.ts;
    return stamp.ts;
  }
}

type Hit = [at: number, word: number, line: number, start: number];

/** Blanks at its end are no part of an entry. */
function textEnd(bytes: Buffer, head: number, stop: number): number {
  let end = stop;
  while (end > head && (bytes[end - 1] as number) <= SPACE) end -= 1;
  return end;
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
