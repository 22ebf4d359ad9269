/**
 * Does a line say what it should, byte for byte? Lines that come by the million are checked so where they lie, in WebAssembly; what a line
 * should say is written as parts and becomes steps that `scan.wat` follows.
 */

/** `text` these bytes; `run` one digit or more (`n` = 1: letters and _ too); `may` this byte or not; `unless` it stands here, skip `n` steps; `skip` them. */
const OP = { end: 0, text: 1, run: 2, may: 3, unless: 4, skip: 5 } as const;

interface Step {
  op: keyof typeof OP;
  n?: number;
  byte?: string;
  text?: string;
}

export type Part = string | readonly Step[];

const TEXT_MAX = 16;
export const STEP_BYTES = 32;

const DIGITS: Step = { op: 'run', n: 0 };
const DOT: Step = { op: 'text', text: '.' };
export const WORD: Part = [{ op: 'run', n: 1 }];
/** With its sign. */
export const WHOLE: Part = [{ op: 'may', byte: '-' }, DIGITS];
export const NUMBER: Part = [DIGITS, { op: 'unless', byte: '.', n: 2 }, DOT, DIGITS];
/** Its decimals are written: a price that was cut has none. */
export const PRICE: readonly Step[] = [DIGITS, DOT, DIGITS];
/** A price or `None`. */
export const LEVEL: Part = [
  { op: 'unless', byte: 'N', n: 2 },
  { op: 'text', text: 'None' },
  { op: 'skip', n: PRICE.length },
  ...PRICE,
];
export const END: Part = [
  { op: 'may', byte: '\r' },
  { op: 'text', text: '\n' },
];

/** @returns the steps as `scan.wat` reads them, with their end. */
export function stepsOf(parts: readonly Part[]): Uint8Array {
  const steps = parts.flatMap((part) => (typeof part === 'string' ? textSteps(part) : part));
  const bytes = new Uint8Array((steps.length + 1) * STEP_BYTES);
  for (const [n, step] of steps.entries()) {
    const text = Buffer.from(step.text ?? '');
    const [op, count, byte] = [OP[step.op], step.n ?? text.length, step.byte?.charCodeAt(0) ?? 0];
    bytes.set([op, count, byte], n * STEP_BYTES);
    bytes.set(text, n * STEP_BYTES + STEP_BYTES - TEXT_MAX);
  }
  return bytes;
}

function textSteps(text: string): Step[] {
  const pieces = Math.ceil(text.length / TEXT_MAX);
  return Array.from({ length: pieces }, (_, n) => ({
    op: 'text',
    text: text.slice(n * TEXT_MAX, (n + 1) * TEXT_MAX),
  }));
}
