/** One act is one command, however often and however impatiently it is pressed. */
import { TRPCClientError } from '@trpc/client';
import { describe, expect, test } from 'vitest';
import type { CommandReply, OperatorCommandInput } from '@/server/link/protocol';
import { type Action, createCommander, newCommandId } from './command';
import { troubleOf } from './problem';

const halt: Action = { kind: 'HaltEntries', scope: '*', reason: 'pressed' };

function commander(answers: readonly (CommandReply | Error)[]) {
  const sent: OperatorCommandInput[] = [];
  let made = 0;
  const command = createCommander(
    async (input) => {
      const answer = answers[sent.length];
      sent.push(input);
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer');
      return answer;
    },
    () => 'anna',
    () => `id-${++made}`,
  );
  return { command, sent };
}

describe('a command', () => {
  test('carries who pressed and through which door', async () => {
    const { command, sent } = commander([{ result: 'accepted', seq: 3 }]);
    expect(await command(halt)).toEqual({ kind: 'accepted', seq: 3 });
    expect(sent).toEqual([{ commandId: 'id-1', operator: 'anna', via: 'console', action: halt }]);
  });

  test('pressed twice before the answer is sent once', async () => {
    const { command, sent } = commander([{ result: 'accepted', seq: 3 }]);
    const [first, second] = await Promise.all([command(halt), command(halt)]);
    expect(first).toEqual(second);
    expect(sent).toHaveLength(1);
  });

  test('whose answer was lost keeps its id when it is pressed again', async () => {
    const { command, sent } = commander([new Error('connection reset'), { result: 'repeated', seq: 3 }]);
    expect(await command(halt)).toMatchObject({ kind: 'failed', trouble: { problem: 'WEB_UNREACHABLE' } });
    expect(await command(halt)).toEqual({ kind: 'accepted', seq: 3 });
    expect(sent.map((input) => input.commandId)).toEqual(['id-1', 'id-1']);
  });

  test('pressed after an answer is a new one', async () => {
    const { command, sent } = commander([
      { result: 'accepted', seq: 3 },
      { result: 'refused', seq: 4, code: 'NOTHING_TO_DO', why: 'Entries are halted.' },
    ]);
    await command(halt);
    expect(await command(halt)).toEqual({
      kind: 'refused',
      code: 'NOTHING_TO_DO',
      why: 'Entries are halted.',
    });
    expect(sent.map((input) => input.commandId)).toEqual(['id-1', 'id-2']);
  });
});

describe('an id', () => {
  test('is never the same twice', () => {
    expect(new Set(Array.from({ length: 100 }, newCommandId)).size).toBe(100);
  });
});

describe('trouble', () => {
  test('that our server named keeps its name and words', () => {
    const error = TRPCClientError.from({
      error: { code: -32603, message: 'The worker is gone.', data: { problem: 'WORKER_UNREACHABLE' } },
    });
    expect(troubleOf(error)).toEqual({ problem: 'WORKER_UNREACHABLE', message: 'The worker is gone.' });
  });

  test('of any other kind is an answer that never came', () => {
    expect(troubleOf(new Error('fetch failed')).problem).toBe('WEB_UNREACHABLE');
  });
});
