/** What went wrong with a request, in words that say what to do. */
import { TRPCClientError } from '@trpc/client';
import type { Problem } from '@/server/api/errors';

export interface Trouble {
  problem: Problem | 'WEB_UNREACHABLE';
  message: string;
}

const NO_ANSWER: Trouble = {
  problem: 'WEB_UNREACHABLE',
  message: 'The web server did not answer. Use `npm run interlock -- flatten` or TWS if you must act now.',
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** An error without an answer from our server is the network's: nobody can say whether the request arrived. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof TRPCClientError)) return NO_ANSWER;
  const data: unknown = error.data;
  if (!isRecord(data) || typeof data.problem !== 'string') return NO_ANSWER;
  return { problem: data.problem as Problem, message: error.message };
}
