/** Does a line say what it should, byte for byte? Lines that come by the million are checked so, and decoded only when an order rests on them. */

/** Text, or: a word, a whole number with its sign, a number, one with its decimals, the same or `None`, the end of the line. */
export type Part = string | { readonly op: keyof typeof OP };
const OP = { word: 256, whole: 257, number: 258, price: 259, level: 260, end: 261 } as const;
export const WORD: Part = { op: 'word' };
export const WHOLE: Part = { op: 'whole' };
export const NUMBER: Part = { op: 'number' };
export const PRICE: Part = { op: 'price' };
export const LEVEL: Part = { op: 'level' };
export const END: Part = { op: 'end' };

/** @returns a check of the bytes from a position on. */
export function plainly(parts: readonly Part[]): (bytes: Buffer, at: number) => boolean {
  const program = Uint16Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : [OP[part.op]])),
  );
  return (bytes, from) => {
    let at = from;
    for (let n = 0; n < program.length && at >= 0; n += 1) {
      const step = program[n] as number;
      if (step >= 256) at = behind(step, bytes, at);
      else at = bytes[at] === step ? at + 1 : -1;
    }
    return at >= 0;
  };
}

const [NEWLINE, RETURN, MINUS, DOT] = [10, 13, 45, 46];
const NONE = Buffer.from('None');

/** @returns the position behind it, or -1. */
function behind(step: number, bytes: Buffer, at: number): number {
  switch (step) {
    case OP.word:
      return lettersEnd(bytes, at);
    case OP.whole:
      return digitsEnd(bytes, bytes[at] === MINUS ? at + 1 : at);
    case OP.number:
      return numberEnd(bytes, at);
    case OP.price:
      return priceEnd(bytes, at);
    case OP.level:
      return bytes[at] === NONE[0] ? noneEnd(bytes, at) : priceEnd(bytes, at);
    default: {
      const end = bytes[at] === RETURN ? at + 1 : at;
      return bytes[end] === NEWLINE ? end : -1;
    }
  }
}

function lettersEnd(bytes: Buffer, at: number): number {
  let end = at;
  for (;;) {
    const byte = bytes[end] as number;
    const isLetter = (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || byte === 95;
    if (!isLetter && !(byte >= 48 && byte <= 57)) return end === at ? -1 : end;
    end += 1;
  }
}

function digitsEnd(bytes: Buffer, at: number): number {
  let end = at;
  for (;;) {
    const byte = bytes[end] as number;
    if (byte < 48 || byte > 57) return end === at ? -1 : end;
    end += 1;
  }
}

function numberEnd(bytes: Buffer, at: number): number {
  const whole = digitsEnd(bytes, at);
  return whole > 0 && bytes[whole] === DOT ? digitsEnd(bytes, whole + 1) : whole;
}

/** Its decimals are written: a price that was cut has none. */
function priceEnd(bytes: Buffer, at: number): number {
  const whole = digitsEnd(bytes, at);
  return whole > 0 && bytes[whole] === DOT ? digitsEnd(bytes, whole + 1) : -1;
}

function noneEnd(bytes: Buffer, at: number): number {
  return NONE.compare(bytes, at, at + NONE.length) === 0 ? at + NONE.length : -1;
}
