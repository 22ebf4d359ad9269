/** Every problem reaches the browser by its name, and nothing unnamed leaks its words. */
import { TRPCError } from '@trpc/server';
import { describe, expect, test } from 'vitest';
import { PROBLEMS, privateDetail, problem, problemOf, publicMessage } from './errors';

describe('the error map', () => {
  test('each problem keeps its name and its words', () => {
    for (const name of PROBLEMS.filter((known) => known !== 'INTERNAL')) {
      const error = problem(name, 'words for a person');
      expect(problemOf(error)).toBe(name);
      expect(publicMessage(error)).toBe('words for a person');
    }
  });

  test('an unreachable worker is 503, a foreign origin 403, a missing cycle 404', () => {
    expect(problem('WORKER_UNREACHABLE', '').code).toBe('SERVICE_UNAVAILABLE');
    expect(problem('FOREIGN_ORIGIN', '').code).toBe('FORBIDDEN');
    expect(problem('NO_SUCH_CYCLE', '').code).toBe('NOT_FOUND');
  });

  test('a failure that nobody named says nothing of its inside, and the log says all', () => {
    const error = new TRPCError({
      code: 'INTERNAL_SERVER_ERROR',
      cause: new Error('no such table: Cycle in /srv/desk/secret.db'),
    });
    expect(problemOf(error)).toBe('INTERNAL');
    expect(publicMessage(error)).not.toContain('secret');
    expect(privateDetail(error)).toContain('no such table');
  });

  test('input that the schema refuses is the caller’s', () => {
    expect(problemOf(new TRPCError({ code: 'BAD_REQUEST', message: 'scope: too long' }))).toBe('BAD_INPUT');
  });
});
