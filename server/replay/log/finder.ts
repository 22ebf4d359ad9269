/**
 * Finds which of several words comes next in a buffer, in one pass that skips most bytes (Wu and Manber, 1994): two bytes at the end of
 * a window of eight say how far the window may jump.
 */
const WINDOW = 8;

export interface Hit {
  at: number;
  /** Which of the words. */
  word: number;
}

export class Finder {
  private readonly words: readonly Buffer[];
  private readonly shift = new Uint8Array(65_536).fill(WINDOW - 1);
  private readonly ending = new Map<number, number[]>();

  constructor(words: readonly string[]) {
    this.words = words.map((word) => Buffer.from(word));
    for (const [n, word] of this.words.entries()) {
      if (word.length < WINDOW) throw new RangeError(`"${words[n]}" is shorter than ${WINDOW} bytes.`);
      for (let end = 1; end < WINDOW; end += 1) this.note(n, word, end);
    }
  }

  private note(n: number, word: Buffer, end: number): void {
    const pair = ((word[end] ?? 0) << 8) | (word[end - 1] ?? 0);
    const jump = WINDOW - 1 - end;
    this.shift[pair] = Math.min(this.shift[pair] ?? 0, jump);
    if (jump === 0) this.ending.set(pair, [...(this.ending.get(pair) ?? []), n]);
  }

  /** @returns the next word that begins in [from, to) and lies in it whole, or null. */
  next(bytes: Buffer, from: number, to: number): Hit | null {
    const { shift } = this;
    let end = from + WINDOW - 1;
    while (end < to) {
      const pair = ((bytes[end] as number) << 8) | (bytes[end - 1] as number);
      const jump = shift[pair] as number;
      if (jump > 0) {
        end += jump;
        continue;
      }
      const at = end - WINDOW + 1;
      const word = this.wordAt(bytes, at, to, pair);
      if (word !== null) return { at, word };
      end += 1;
    }
    return null;
  }

  private wordAt(bytes: Buffer, at: number, to: number, pair: number): number | null {
    for (const n of this.ending.get(pair) ?? []) {
      const word = this.words[n];
      if (word && at + word.length <= to && startsAt(bytes, at, word)) return n;
    }
    return null;
  }
}

function startsAt(bytes: Buffer, at: number, word: Buffer): boolean {
  for (let n = 0; n < word.length; n += 1) if (bytes[at + n] !== word[n]) return false;
  return true;
}
