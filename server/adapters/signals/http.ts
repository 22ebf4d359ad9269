/**
 * `POST /api/signals`: one signal in, one precise answer out. Whatever is refused here is journaled with its reason
 * (a flood only once), and nothing is answered as accepted before it is journaled.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, answerRefusal, type Exchange, type Refusal, refused, statusOf } from './answer';
import { readBody } from './body';
import { type Bucket, bucket } from './bucket';
import { excerptOf } from './json';
import { type SignalKey, senderOf } from './keys';
import { parseSignal } from './parse';
import { type Refuse, type SignalLog, type Submit, wordsOf } from './words';

export const SIGNALS_PATH = '/api/signals';
const BODY_LIMIT = 8 * 1024;
const RATE = { perSecond: 5, burst: 10 };
/** A flood is journaled, not each of its signals. */
const COMPLAINT_RATE = { perSecond: 1 / 60, burst: 1 };
/** Callers without a key fill the journal no faster than this, all together. */
const STRANGER_RATE = { perSecond: 1, burst: 10 };

export interface IntakeOptions {
  keys: readonly SignalKey[];
  submit: Submit;
  refuse: Refuse;
  log: SignalLog;
  /** Host time, ms. */
  hostMs?: () => number;
  /** Host ms that a body may take. */
  bodyDeadlineMs?: number;
}

const STRANGER: Refusal = {
  status: 401,
  code: 'UNAUTHENTICATED_SIGNAL',
  detail: 'No API key, or one that is not known here. Send it as "Authorization: Bearer <key>".',
  headers: { 'www-authenticate': 'Bearer' },
};

const UNWRITTEN = 'What came over HTTP could not be journaled.';

function presentedKey({ headers }: IncomingMessage): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const plain = headers['x-api-key'];
  return bearer ?? (typeof plain === 'string' ? plain : null);
}

function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(headers['content-type'] ?? '');
}

/** @returns a handler for the worker's HTTP server; it answers every request it is given, whatever its path. */
export function httpIntake(
  options: IntakeOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { keys, submit, refuse, log, hostMs = () => performance.now(), bodyDeadlineMs = 5_000 } = options;
  const senders = new Map<string, { signals: Bucket; complaints: Bucket }>(
    keys.map(({ name }) => [name, { signals: bucket(RATE), complaints: bucket(COMPLAINT_RATE) }]),
  );
  const strangers = bucket(STRANGER_RATE);

  async function record(source: string, { code, detail, body }: Refusal) {
    log.warn({ source, code }, detail);
    await refuse(source, code, detail, excerptOf(body ?? new Uint8Array()));
  }

  /** Journal first, then answer; without a journal nothing is promised. */
  async function turnAway(exchange: Exchange, source: string, refusal: Refusal) {
    await record(source, refusal);
    answerRefusal(exchange, refusal);
  }

  /** The same answer for every cause, journal or not: a caller without a key learns nothing. */
  async function turnStrangerAway(exchange: Exchange) {
    if (strangers.take(hostMs())) {
      await record('http', STRANGER).catch((error: unknown) =>
        log.error({ error: wordsOf(error) }, UNWRITTEN),
      );
    }
    answerRefusal(exchange, STRANGER);
  }

  /** @returns true when the sender may go on. */
  async function withinRate(exchange: Exchange, name: string, source: string): Promise<boolean> {
    const sender = senders.get(name);
    if (!sender || sender.signals.take(hostMs())) return true;
    const detail = `More than ${RATE.perSecond} signals a second (burst ${RATE.burst}) from this key; wait a second.`;
    const refusal: Refusal = { status: 429, code: 'RATE_LIMIT', detail, headers: { 'retry-after': '1' } };
    if (sender.complaints.take(hostMs())) await record(source, refusal);
    answerRefusal(exchange, refusal);
    return false;
  }

  async function take(exchange: Exchange, source: string) {
    const { request } = exchange;
    if (!isJson(request)) {
      const detail = 'Content-Type must be application/json in UTF-8.';
      return turnAway(exchange, source, { status: 415, code: 'MALFORMED_SIGNAL', detail });
    }
    const body = await readBody(request, { limit: BODY_LIMIT, deadlineMs: bodyDeadlineMs });
    switch (body.kind) {
      case 'gone':
        return;
      case 'oversized': {
        const detail = `The body is larger than ${BODY_LIMIT} bytes.`;
        return turnAway(exchange, source, {
          status: 413,
          code: 'OVERSIZED_SIGNAL',
          detail,
          body: body.start,
        });
      }
      case 'slow': {
        const detail = `The body did not arrive within ${bodyDeadlineMs} ms.`;
        return turnAway(exchange, source, {
          status: 408,
          code: 'MALFORMED_SIGNAL',
          detail,
          body: body.start,
        });
      }
      case 'whole':
        return decide(exchange, source, body.bytes);
    }
  }

  async function decide(exchange: Exchange, source: string, bytes: Uint8Array) {
    const parsed = parseSignal(bytes, { source });
    if (!parsed.ok) {
      const { code, detail } = parsed;
      return turnAway(exchange, source, { status: 400, code, detail, body: bytes });
    }
    const outcome = await submit(parsed.signal);
    answer(exchange, statusOf(outcome), outcome);
  }

  async function handle(exchange: Exchange) {
    if (exchange.request.method !== 'POST') {
      const detail = `${SIGNALS_PATH} takes POST only.`;
      return answer(exchange, 405, refused([], detail), { allow: 'POST' });
    }
    const name = senderOf(keys, presentedKey(exchange.request));
    if (name === null) return turnStrangerAway(exchange);
    const source = `http:${name}`;
    if (await withinRate(exchange, name, source)) await take(exchange, source);
  }

  return (request, response) => {
    const exchange = { request, response };
    handle(exchange).catch((error: unknown) => {
      const detail = `The worker cannot write its journal, so nothing was traded (${wordsOf(error)}). Send the signal again with the same id.`;
      log.error({ error: wordsOf(error) }, UNWRITTEN);
      if (!response.headersSent) answer(exchange, 503, refused([], detail));
    });
  };
}
