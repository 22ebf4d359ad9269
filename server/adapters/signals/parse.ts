/** What comes in becomes a signal here or is refused in words that name the field. Never throws, never lets a non-finite number through. */
import type { z } from 'zod';
import type { Signal } from '../../engine/model/signal';
import { botOrder, fromBotOrder } from './bot-order';
import { readJson } from './json';
import { fromNative, nativeSignal } from './native';
import { wordsOf } from './words';

export type Parsed = { ok: true; signal: Signal } | { ok: false; code: 'MALFORMED_SIGNAL'; detail: string };

const DETAIL_MAX = 500;

function malformed(detail: string): Parsed {
  return { ok: false, code: 'MALFORMED_SIGNAL', detail: detail.slice(0, DETAIL_MAX) };
}

function problemsOf(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ');
}

function check<Shape>(schema: z.ZodType<Shape>, value: unknown, signalOf: (shape: Shape) => Signal): Parsed {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? { ok: true, signal: signalOf(parsed.data) }
    : malformed(`${problemsOf(parsed.error)}.`);
}

function isBotOrder(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'order_id');
}

function parse(input: unknown, read: (value: unknown) => Parsed): Parsed {
  try {
    return read(input instanceof Uint8Array ? readJson(input) : input);
  } catch (error) {
    return malformed(wordsOf(error));
  }
}

/** Our own format only. @param input bytes of JSON, or a value already read. @param source e.g. `http:default`. */
export function parseSignal(input: unknown, { source }: { source: string }): Parsed {
  return parse(input, (value) => check(nativeSignal, value, (shape) => fromNative(shape, source)));
}

/** A line of a signals file: our own format, or the bot's order record. */
export function parseFileLine(input: unknown, { source }: { source: string }): Parsed {
  return parse(input, (value) =>
    isBotOrder(value)
      ? check(botOrder, value, (shape) => fromBotOrder(shape, source))
      : check(nativeSignal, value, (shape) => fromNative(shape, source)),
  );
}
