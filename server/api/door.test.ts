/** A command that the worker did not confirm is a typed error, whatever went wrong on the way. */
import { TRPCError } from '@trpc/server';
import { describe, expect, test } from 'vitest';
import { LinkTimeout, WorkerUnreachable } from '../link/connect';
import type { OperatorCommandInput } from '../link/protocol';
import { workerDoor } from './door';
import { problemOf } from './errors';

const halt: OperatorCommandInput = {
  commandId: 'command-1',
  operator: 'anna',
  via: 'console',
  action: { kind: 'HaltEntries', scope: '*', reason: 'test' },
};
const quiet = { subscribe: () => () => undefined };
const down = { connected: false, lastHeardHostMs: 5, detail: 'No worker listens there.' };

describe('the door to the worker', () => {
  test.each([new WorkerUnreachable('No worker listens there.'), new LinkTimeout('No answer in 5 s.')])(
    'names %s and says what to do',
    async (failure) => {
      const door = workerDoor({ ...quiet, command: () => Promise.reject(failure), status: () => down });
      const error = await door.command(halt).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(TRPCError);
      if (!(error instanceof TRPCError)) return;
      expect(problemOf(error)).toBe('WORKER_UNREACHABLE');
      expect(error.message).toContain(failure.message);
      expect(error.message).toContain('Press again');
    },
  );

  test('passes the worker’s own answer through, a refusal too', async () => {
    const refused = { result: 'refused' as const, seq: 4, code: 'NOTHING_TO_DO', why: 'Entries are halted.' };
    const door = workerDoor({ ...quiet, command: () => Promise.resolve(refused), status: () => down });
    expect(await door.command(halt)).toEqual(refused);
  });

  test('tells why the worker cannot be reached, and nothing when it can', () => {
    const command = () => Promise.reject(new Error());
    expect(workerDoor({ ...quiet, command, status: () => down }).health()).toEqual({
      reachable: false,
      heardHostMs: 5,
      why: 'No worker listens there.',
    });
    const up = { connected: true, lastHeardHostMs: 9, detail: '' };
    expect(workerDoor({ ...quiet, command, status: () => up }).health()).toEqual({
      reachable: true,
      heardHostMs: 9,
      why: null,
    });
  });
});
