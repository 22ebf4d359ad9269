/** The one shape of every answer to a signal over HTTP, and how it reaches a sender who has not finished talking. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReasonCode } from '../../engine/model/reason';
import type { SignalOutcome } from '../../ports';
import { discardRest } from './body';

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

export interface Answer extends Omit<SignalOutcome, 'seq'> {
  /** Journal seq, when the engine decided. */
  seq: number | null;
}

export interface Refusal {
  status: number;
  code: ReasonCode;
  detail: string;
  body?: Uint8Array;
  headers?: Record<string, string>;
}

export function refused(codes: readonly ReasonCode[], detail: string): Answer {
  return { result: 'refused', codes, cycleId: null, detail, seq: null };
}

/** 202: accepted, or waiting for the advisor or a person. 409: this id is known. 422: the engine said no. */
export function statusOf(outcome: SignalOutcome): number {
  if (outcome.result !== 'refused') return 202;
  return outcome.codes.includes('DUPLICATE_SIGNAL') ? 409 : 422;
}

/** Answers at once; when the sender is still sending, the connection is closed after the answer. */
export function answer(
  { request, response }: Exchange,
  status: number,
  body: Answer,
  headers: Record<string, string> = {},
): void {
  const bytes = Buffer.from(`${JSON.stringify(body)}\n`);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': bytes.length,
    'cache-control': 'no-store',
    ...(request.complete ? {} : { connection: 'close' }),
    ...headers,
  });
  response.write(bytes);
  discardRest(request, () => response.end());
}

export function answerRefusal(exchange: Exchange, { status, code, detail, headers }: Refusal): void {
  answer(exchange, status, refused([code], detail), headers);
}
