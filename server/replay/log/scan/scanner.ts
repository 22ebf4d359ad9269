/** The bot's words in a window of bytes, by `scan.wat`: where each begins, in which line, and how many lines there were. */
import { SCAN_WASM } from './scan.wasm';

const KEY_BYTES = 8;
const SETS = 8;
const KEYS_AT = 128;
const FORM_AT = 96;
const STATE_AT = 112;
const ABOVE_AT = 3_072;
/** A `T` instead of the space between date and time. */
const T = 84 - 32;
const HITS_AT = 4_096;
const HIT_INTS = 4;
const HITS_MAX = 65_536;
const WINDOW_AT = 2 * 1_024 * 1_024;
export const WINDOW_BYTES = 4 * 1_024 * 1_024;

type Scan = (from: number, to: number, words: number, most: number, lineStart: number) => number;

const module = new WebAssembly.Module(Buffer.from(SCAN_WASM, 'base64'));

/** Of each hit, four numbers: where it is, its word, the lines that ended before it in this scan, where its line begins. */
export interface Hits {
  readonly count: number;
  /** The four of the n-th hit begin at `4 * n`. Positions are those of the window. */
  readonly ints: Int32Array;
}

/** Added to the word of a hit whose line begins as a time stamp does. */
export const STAMPED = 256;

export class Scanner {
  readonly window: Buffer;
  /** Where the last scan stopped, because it was full or at the end. */
  next = 0;
  /** Lines that ended in the last scan. */
  lines = 0;
  private readonly ints: Int32Array;
  private readonly scan: Scan;
  private readonly words: readonly Buffer[];
  private lineStart = 0;

  /** @throws RangeError for a word of fewer than eight bytes. */
  constructor(words: readonly string[]) {
    const { exports } = new WebAssembly.Instance(module);
    const { memory, scan } = exports as unknown as { memory: WebAssembly.Memory; scan: Scan };
    this.scan = scan;
    this.window = Buffer.from(memory.buffer, WINDOW_AT, WINDOW_BYTES);
    this.ints = new Int32Array(memory.buffer);
    this.words = words.map((word) => Buffer.from(word));
    const tables = new Uint8Array(memory.buffer, 0, HITS_AT);
    tables.set(Buffer.from('0000-00-00 00:00'), FORM_AT);
    tables.set([9, 9, 9, 9, 0, 9, 9, 0, 9, 9, T, 9, 9, 0, 9, 9], ABOVE_AT);
    const sorted = this.words.toSorted((a, b) => a.compare(b));
    for (const [n, word] of this.words.entries()) {
      if (word.length < KEY_BYTES) throw new RangeError(`"${words[n]}" is shorter than ${KEY_BYTES} bytes.`);
      tables.set(word.subarray(0, KEY_BYTES), KEYS_AT + n * KEY_BYTES);
      // words that begin alike share a set: fewer bytes look like one of them
      note(tables, word, 1 << Math.floor((sorted.indexOf(word) * SETS) / words.length));
    }
  }

  /** Looks at [from, to) of the window; a word lies in it whole. @param afresh a line begins at `from`. */
  find(from: number, to: number, afresh: boolean): Hits {
    const start = afresh ? WINDOW_AT + from : this.lineStart;
    const count = this.scan(WINDOW_AT + from, WINDOW_AT + to, this.words.length, HITS_MAX, start);
    this.next = this.state(0) - WINDOW_AT;
    this.lines = this.state(1);
    this.lineStart = this.state(2);
    const ints = this.ints.subarray(HITS_AT / 4, HITS_AT / 4 + count * HIT_INTS);
    for (let n = 0; n < ints.length; n += HIT_INTS) {
      ints[n] = (ints[n] as number) - WINDOW_AT;
      ints[n + 3] = (ints[n + 3] as number) - WINDOW_AT;
    }
    return { count, ints };
  }

  /** Its first eight bytes are there: is the rest? */
  isWhole(word: number, at: number): boolean {
    const whole = this.words[word];
    if (!whole) return false;
    for (let n = KEY_BYTES; n < whole.length; n += 1) if (this.window[at + n] !== whole[n]) return false;
    return true;
  }

  private state(n: number): number {
    return this.ints[STATE_AT / 4 + n] as number;
  }
}

function note(tables: Uint8Array, word: Buffer, set: number): void {
  for (let n = 0; n < 3; n += 1) {
    const byte = word[n] as number;
    const [low, high] = [n * 32 + (byte & 15), n * 32 + 16 + (byte >> 4)];
    tables[low] = (tables[low] as number) | set;
    tables[high] = (tables[high] as number) | set;
  }
}
