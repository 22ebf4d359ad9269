/**
 * The bot's words in a window of bytes, by `scan.wat`: where each stands, in which line, and how many lines there were. Of the plain lines of
 * a word only the last before anything else is told.
 */
import { SCAN_WASM } from './scan.wasm';
import { type Part, stepsOf } from './steps';

/** What the scan looks for: at least eight bytes, and of a word that comes by the million what a line says that needs no second look. */
export interface Sought {
  anchor: string;
  plain?: readonly Part[];
  /** Where, behind the anchor's beginning, the name stands that it is about: the last of each name counts. */
  subjectAt?: number;
  /** Its plain lines rest on none of the others: each is told, and what waits goes on waiting. */
  alone?: true;
}

/** Of each hit, four numbers: where it is, its word, the lines before it, where its line begins. */
export interface Hits {
  readonly count: number;
  /** The four of the n-th hit begin at `4 * n`, in the order of where they are. Positions are those of the window. */
  readonly ints: Int32Array;
  /** Lines until the end of what was looked at. */
  readonly lines: number;
}

/** Added to the word of a hit whose line begins as a time stamp does. */
export const STAMPED = 256;

const KEY_BYTES = 8;
const SETS = 8;
const FORM_AT = 96;
const MULTIPLIER_AT = 128;
const COUNT_AT = 136;
const WORDS_AT = 1_024;
const WORD_BYTES = 32;
const SLOTS_AT = 4_096;
const SLOT_BYTES = 16;
const STEPS_AT = 8_192;
const HITS_AT = 65_536;
const HIT_INTS = 4;
export const WINDOW_BYTES = 512 * 1_024;
/** No two words lie closer than four bytes: the list has room for all. */
const WINDOW_AT = HITS_AT + 4 * WINDOW_BYTES;
/** A `T` instead of the space between date and time. */
const T = 84 - 32;

type Scan = (from: number, to: number, lines: number, plainTo: number, words: number) => number;

const module = new WebAssembly.Module(Buffer.from(SCAN_WASM, 'base64'));

export class Scanner {
  readonly window: Buffer;
  private readonly memory: ArrayBuffer;
  private readonly scan: Scan;

  /** @throws RangeError for a word of fewer than eight bytes. */
  constructor(private readonly words: readonly Sought[]) {
    const { exports } = new WebAssembly.Instance(module);
    const { memory, scan } = exports as unknown as { memory: WebAssembly.Memory; scan: Scan };
    this.scan = scan;
    this.memory = memory.buffer;
    this.window = Buffer.from(memory.buffer, WINDOW_AT, WINDOW_BYTES);
    this.lay();
  }

  /**
   * Looks at the window up to `to`; a line begins at its beginning. @param lines that were before it.
   * @param plainTo hits from here on are told even where they are plain.
   */
  find(to: number, { lines, plainTo }: { lines: number; plainTo: number }): Hits {
    const end = this.scan(WINDOW_AT, WINDOW_AT + to, lines, WINDOW_AT + plainTo, this.words.length);
    const [count = 0] = new Int32Array(this.memory, COUNT_AT, 1);
    const ints = new Int32Array(this.memory, HITS_AT, count * HIT_INTS);
    for (let n = 0; n < ints.length; n += HIT_INTS) {
      ints[n] = (ints[n] as number) - WINDOW_AT;
      ints[n + 3] = (ints[n + 3] as number) - WINDOW_AT;
    }
    inOrder(ints);
    return { count, ints, lines: end };
  }

  private lay(): void {
    const bytes = Buffer.from(this.memory, 0, HITS_AT);
    bytes.write('2000-00-00 00:00', FORM_AT);
    bytes.set([0, 0, 9, 9, 0, 9, 9, 0, 9, 9, T, 9, 9, 0, 9, 9], FORM_AT + 16);
    const texts = this.words.map(({ anchor }) => Buffer.from(anchor));
    const multiplier = multiplierFor(texts);
    bytes.writeBigUInt64LE(multiplier, MULTIPLIER_AT);
    const sorted = texts.toSorted((a, b) => a.compare(b));
    let stepsAt = STEPS_AT;
    const place = (parts: readonly Part[]) => {
      const steps = stepsOf(parts);
      bytes.set(steps, stepsAt);
      stepsAt += steps.length;
      return stepsAt - steps.length;
    };
    for (const [n, text] of texts.entries()) {
      const { anchor, plain, subjectAt = 0, alone } = this.words[n] as Sought;
      // words that begin alike share a set: fewer bytes look like one of them
      note(bytes, text, 1 << Math.floor((sorted.indexOf(text) * SETS) / texts.length));
      const wordAt = WORDS_AT + n * WORD_BYTES;
      bytes.writeInt32LE(place([anchor]), wordAt + 16);
      bytes.writeInt32LE(plain === undefined ? 0 : place(plain), wordAt + 20);
      bytes.writeInt32LE(alone ? -1 : subjectAt, wordAt + 24);
      bytes.writeInt32LE(n, wordAt + 28);
      const slotAt = SLOTS_AT + slotOf(text, multiplier) * SLOT_BYTES;
      text.copy(bytes, slotAt, 0, KEY_BYTES);
      bytes.writeInt32LE(wordAt, slotAt + KEY_BYTES);
    }
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

function slotOf(word: Buffer, multiplier: bigint): number {
  return Number(BigInt.asUintN(64, word.readBigUInt64LE() * multiplier) >> 56n);
}

/** The first that gives each of them a slot of its own. */
function multiplierFor(words: readonly Buffer[]): bigint {
  const short = words.find((word) => word.length < KEY_BYTES);
  if (short) throw new RangeError(`"${short.toString()}" is shorter than ${KEY_BYTES} bytes.`);
  const golden = 0x9e37_79b9_7f4a_7c15n;
  for (let multiplier = golden; ; multiplier = BigInt.asUintN(64, multiplier + 2n * golden)) {
    if (new Set(words.map((word) => slotOf(word, multiplier))).size === words.length) return multiplier;
  }
}

/** What waited was told together, word by word: nearly in order already. */
function inOrder(ints: Int32Array): void {
  for (let n = HIT_INTS; n < ints.length; n += HIT_INTS) {
    for (let at = n; at > 0 && (ints[at] as number) < (ints[at - HIT_INTS] as number); at -= HIT_INTS) {
      for (let part = at; part < at + HIT_INTS; part += 1) {
        const here = ints[part] as number;
        ints[part] = ints[part - HIT_INTS] as number;
        ints[part - HIT_INTS] = here;
      }
    }
  }
}
