/** The one error map: what can go wrong behind the API, its HTTP meaning, and words that say what to do. Nothing else throws TRPCError. */
import { TRPCError } from '@trpc/server';

export const PROBLEMS = [
  'BAD_INPUT',
  'FOREIGN_ORIGIN',
  'NO_SUCH_CYCLE',
  'WORKER_UNREACHABLE',
  'JOURNAL_UNREADABLE',
  'INTERNAL',
] as const;
export type Problem = (typeof PROBLEMS)[number];

const CODES: Readonly<Record<Problem, TRPCError['code']>> = {
  BAD_INPUT: 'BAD_REQUEST',
  FOREIGN_ORIGIN: 'FORBIDDEN',
  NO_SUCH_CYCLE: 'NOT_FOUND',
  WORKER_UNREACHABLE: 'SERVICE_UNAVAILABLE',
  JOURNAL_UNREADABLE: 'INTERNAL_SERVER_ERROR',
  INTERNAL: 'INTERNAL_SERVER_ERROR',
};

class ProblemCause extends Error {
  constructor(
    readonly problem: Problem,
    readonly origin: unknown,
  ) {
    super(problem);
  }
}

/** @param message for the person who reads it: what happened, and what to do. @param origin what was caught, for the log only. */
export function problem(name: Problem, message: string, origin?: unknown): TRPCError {
  return new TRPCError({ code: CODES[name], message, cause: new ProblemCause(name, origin) });
}

/** Errors that no one named are bad input (zod's, tRPC's own 4xx) or ours. */
export function problemOf(error: TRPCError): Problem {
  if (error.cause instanceof ProblemCause) return error.cause.problem;
  return error.code === 'INTERNAL_SERVER_ERROR' ? 'INTERNAL' : 'BAD_INPUT';
}

/** What an unnamed failure says outside; its own words may hold a path or a query and stay in the log. */
export function publicMessage(error: TRPCError): string {
  return problemOf(error) === 'INTERNAL'
    ? 'Something failed inside the web server. Its log says what.'
    : error.message;
}

/** The words and stack behind an error, for the log. */
export function privateDetail(error: TRPCError): string {
  const origin = error.cause instanceof ProblemCause ? error.cause.origin : error.cause;
  if (origin instanceof Error) return origin.stack ?? origin.message;
  return origin === undefined ? error.message : `${error.message} (${String(origin)})`;
}
