/** What every signal source is given by the worker, and what it must offer. A source never touches the engine: it submits, or it says why it refused. */
import type { ReasonCode } from '../../engine/model/reason';
import type { Signal } from '../../engine/model/signal';
import type { SignalOutcome } from '../../ports';

/** Resolves when the signal is journaled; rejects when it could not be. */
export type Submit = (signal: Signal) => Promise<SignalOutcome>;

/** Journals what was refused at the edge. `excerpt` is printable. */
export type Refuse = (source: string, code: ReasonCode, detail: string, excerpt: string) => Promise<void>;

/** The part of the logger that sources need; pino fits it. */
export interface SignalLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** Calls `run` every `ms` of host time until the returned function is called. */
export type Every = (ms: number, run: () => void) => () => void;

export const every: Every = (ms, run) => {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
};

/** @returns the reason in words, whatever was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
