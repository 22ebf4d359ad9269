import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FlattenView, ProposalView } from '../engine/view/words';
import type { Desk, Outcome } from './outcome';
import { interlock } from './program';
import { type FakeWorker, fakeWorker } from './testing/fake-worker';

let worker: FakeWorker;
let told: string[] = [];
beforeEach(async () => {
  worker = await fakeWorker();
  told = [];
});
afterEach(() => worker.stop());

/** Runs a command as main.ts does; `word` is what the person types when asked. */
async function run(args: readonly string[], word = ''): Promise<Outcome> {
  let outcome: Outcome | undefined;
  const desk: Desk = { settings: worker.settings, operator: 'ada', tell: (line) => told.push(line) };
  const program = interlock({
    confirm: async (wanted) => wanted === word,
    async run(work) {
      outcome = await work(desk);
    },
  });
  await program.parseAsync(args, { from: 'user' });
  if (outcome === undefined) throw new Error('The command did nothing.');
  return outcome;
}

const proposal: ProposalView = {
  proposalId: 'c-1:proposal',
  cycleId: 'c-1',
  digest: 'd1g3st',
  symbol: 'ES',
  localSymbol: 'ESZ5',
  side: 'BUY',
  quantity: 2,
  orderType: 'LMT',
  entry: 6_890,
  stop: 6_885.25,
  target: 6_898,
  riskMicros: 475_000_000,
  rewardToRisk: 1.68,
  strategy: 'breakout',
  confidence: 0.6,
  answer: null,
  phase: 'waiting',
  results: [],
  driftTicks: 0,
  askedHostMs: 0,
  expiresHostMs: 90_000,
};

describe('the rules of a position', () => {
  it.each([
    [
      ['--max-minutes', '30', '--break-even-after', '8', '--trail-after', '12', '--trail-by', '6'],
      { maxMinutes: 30, breakEvenAfterTicks: 8, trail: { afterTicks: 12, byTicks: 6 } },
      'out after 30 min, break-even after 8 ticks, trail 6 ticks after 12',
    ],
    [[], { maxMinutes: null, breakEvenAfterTicks: null, trail: null }, 'none'],
  ])('are set as a whole: rules c-1 %j', async (options, rules, said) => {
    const outcome = await run(['rules', 'c-1', ...options, '--reason', 'lunch']);
    expect(outcome).toMatchObject({ code: 0, text: `Rules of c-1: ${said}.` });
    expect(worker.commands).toMatchObject([
      { action: { kind: 'SetExitRules', cycleId: 'c-1', rules, reason: 'lunch' } },
    ]);
  });

  it('with half a trail are not understood', async () => {
    const outcome = await run(['rules', 'c-1', '--trail-by', '6', '--reason', 'lunch']);
    expect(outcome.code).toBe(2);
    expect(worker.commands).toEqual([]);
  });
});

describe('the kill switches', () => {
  it.each([
    [['halt'], { kind: 'HaltEntries', scope: '*', reason: 'command line' }],
    [['halt', 'es', '--reason', 'news'], { kind: 'HaltEntries', scope: 'ES', reason: 'news' }],
    [['halt-all'], { kind: 'Halt', scope: '*', reason: 'command line' }],
    [['cancel-entries', 'NQ'], { kind: 'CancelEntries', scope: 'NQ', reason: 'command line' }],
    [['resume', '--reason', 'all green'], { kind: 'Resume', scope: '*', reason: 'all green' }],
    [
      ['reject', 'c-1:proposal', '--reason', 'late'],
      { kind: 'RejectProposal', proposalId: 'c-1:proposal', reason: 'late' },
    ],
    [
      ['orphan', 'c-1', 'ignore', '--reason', 'a hedge of mine'],
      { kind: 'DecideOrphan', cycleId: 'c-1', decision: 'ignore', reason: 'a hedge of mine' },
    ],
  ])('%j sends one command', async (args, action) => {
    expect((await run(args)).code).toBe(0);
    expect(worker.commands).toEqual([{ commandId: expect.any(String), operator: 'ada', via: 'cli', action }]);
  });

  it('never send two commands under one id', async () => {
    await run(['halt']);
    await run(['halt']);
    expect(new Set(worker.commands.map(({ commandId }) => commandId)).size).toBe(2);
  });

  it('end with 1 and the reason when the worker refuses', async () => {
    worker.reply = {
      result: 'refused',
      seq: 7,
      code: 'HEALTH_CHECK_FAILED',
      why: 'The book is not reconciled.',
    };
    expect(await run(['resume', '--reason', 'now'])).toMatchObject({
      code: 1,
      text: 'Refused (HEALTH_CHECK_FAILED): The book is not reconciled.',
    });
  });
});

describe('approve', () => {
  it('is for the order as it is shown: it carries its digest', async () => {
    worker.view = { ...worker.view, proposals: [proposal] };
    const { code, text } = await run(['approve', 'c-1:proposal', '--reason', 'seen']);
    expect({ code, text }).toEqual({
      code: 0,
      text: 'Approved: BUY 2 ESZ5 at 6890, stop 6885.25, target 6898. The guards run once more before it is sent.',
    });
    expect(worker.commands[0]?.action).toEqual({
      kind: 'ApproveProposal',
      proposalId: 'c-1:proposal',
      digest: 'd1g3st',
      reason: 'seen',
    });
  });

  it('sends nothing for a proposal that does not wait, and names those that do', async () => {
    worker.view = { ...worker.view, proposals: [proposal] };
    expect(await run(['approve', 'c-2:proposal', '--reason', 'seen'])).toMatchObject({
      code: 1,
      text: 'No proposal c-2:proposal is waiting. Waiting: c-1:proposal.',
    });
    expect(worker.commands).toEqual([]);
  });
});

describe('flatten', () => {
  const flatten: FlattenView = {
    scope: '*',
    by: 'ada',
    phase: 'working',
    detail: 'Closing 1 ES.',
    armed: [],
    notFlat: null,
    startedHostMs: 5,
    endedTs: null,
  };

  it('does nothing unless the word is typed', async () => {
    expect(await run(['flatten'], 'flatten')).toMatchObject({ code: 2, text: 'Nothing was done.' });
    expect(worker.commands).toEqual([]);
  });

  it('tells of its progress and ends with 0 when the broker has confirmed it', async () => {
    const running = run(['flatten'], 'FLATTEN');
    await worker.followed;
    worker.push({ seq: 7, flatten });
    worker.push({ seq: 8, flatten: { ...flatten, phase: 'verifying', detail: 'Asking the broker.' } });
    worker.push({ seq: 9, flatten: { ...flatten, phase: 'flat', detail: 'Nothing is left.', endedTs: 9 } });
    expect(await running).toMatchObject({
      code: 0,
      text: 'FLAT: Nothing is left.',
      data: { result: 'flat' },
    });
    expect(told).toEqual(['working: Closing 1 ES.', 'verifying: Asking the broker.']);
  });

  it('tells of NOT FLAT and goes on; ends with 1 when it is abandoned', async () => {
    const running = run(['flatten', '--yes']);
    await worker.followed;
    const notFlat = {
      reason: 'NOT_FILLED',
      code: null,
      detail: 'Still open: 1 ES.',
      sinceHostMs: 9,
    } as const;
    worker.push({ seq: 8, flatten: { ...flatten, notFlat } });
    worker.push({ seq: 9, flatten: { ...flatten, phase: 'abandoned', detail: 'Abandoned by ana: by hand' } });
    expect(await running).toMatchObject({ code: 1, text: 'NOT FLAT: Abandoned by ana: by hand' });
    expect(told).toEqual(['NOT FLAT: Still open: 1 ES. It goes on.']);
  });

  it('ends with 1 when what is left waits for the market to open', async () => {
    const running = run(['flatten', '--yes']);
    await worker.followed;
    const detail = 'ES armed for the open at 17:00.';
    const notFlat = { reason: 'MARKET_CLOSED', code: null, detail, sinceHostMs: 9 } as const;
    worker.push({ seq: 8, flatten: { ...flatten, notFlat } });
    expect(await running).toMatchObject({
      code: 1,
      text: `NOT FLAT: ${detail} The worker goes on by itself.`,
    });
  });

  it('of an instrument watches the wider flatten that covers it', async () => {
    const running = run(['flatten', 'MES', '--yes']);
    await worker.followed;
    worker.push({
      seq: 9,
      flatten: { ...flatten, scope: 'ES+MES', phase: 'flat', detail: 'Nothing is left.' },
    });
    expect(await running).toMatchObject({ code: 0 });
  });

  it('does not take the end of an older flatten, or of another instrument, for its own', async () => {
    const over = { ...flatten, phase: 'flat', detail: 'long ago' } as const;
    worker.view = { ...worker.view, seq: 6, flatten: over };
    const running = run(['flatten', '--yes']);
    await worker.followed;
    worker.push({ seq: 8, flatten: { ...over, scope: 'NQ' } });
    worker.push({ seq: 9, flatten: { ...over, detail: 'now' } });
    expect(await running).toMatchObject({ text: 'FLAT: now' });
  });
});

describe('status', () => {
  it('says first what an operator must know', async () => {
    worker.view = { ...worker.view, proposals: [proposal] };
    const { code, text } = await run(['status']);
    expect(code).toBe(0);
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'PAPER          no account yet, disconnected (not started)',
        'Trading        Active',
        'Broker         NOT RECONCILED: no entries',
        'Exchange time  2025-12-12 08:53:13 US/Central',
        '  c-1:proposal  BUY           2  ESZ5      6,890.00  6,885.25  6,898.00  waiting',
      ]),
    );
  });
});

describe('bad usage', () => {
  it.each([['resume'], ['approve', 'x'], ['cycles', '--limit', '0'], ['sell']])(
    '%s %s is refused',
    async (...args) => {
      vi.spyOn(process.stderr, 'write').mockReturnValue(true);
      await expect(run(args)).rejects.toMatchObject({ name: 'CommanderError', exitCode: 1 });
      vi.restoreAllMocks();
      expect(worker.commands).toEqual([]);
    },
  );
});
