import { describe, expect, it } from 'vitest';
import type { AdvisorAnswer } from '../model/advisory';
import { digestOf, proposalIdOf } from '../model/ids';
import { type Desk, openDesk } from '../testing/desk';
import { adviceFailed, advised, answer } from '../testing/events';
import { ticks } from '../testing/instruments';
import { advisorRequest } from './request';

/** A desk whose advisor said WAIT on BUY 1 ES at 6890.50. */
function waitingDesk(confidence: number | null = 0.6): Desk {
  const desk = openDesk();
  desk.advisor = 'WAIT';
  return desk.signal({ confidence });
}

function approve(desk: Desk, rest: { digest?: string; reason?: string; commandId?: string } = {}): Desk {
  const proposal = desk.proposal();
  const { digest = proposal?.digest ?? 'gone', reason = 'I see the level too.', commandId } = rest;
  const proposalId = proposal?.proposalId ?? (`${desk.cycle.cycleId}:proposal` as never);
  return desk.operator({ kind: 'ApproveProposal', proposalId, digest, reason }, commandId);
}

describe('an entry that passed the guards', () => {
  it('is put to the advisor with the exact bracket, and nothing is sent before the answer', () => {
    const desk = openDesk();
    desk.advisor = null;
    desk.signal();
    const plan = {
      symbol: 'ES',
      side: 'BUY',
      quantity: 1,
      orderType: 'LMT',
      entryTicks: ticks(6890.5),
      stopTicks: ticks(6885.5),
      targetTicks: ticks(6898),
    };
    expect(desk.sent).toEqual([]);
    const proposalId = proposalIdOf(desk.cycle.cycleId);
    expect(desk.commands).toEqual([{ type: 'AskAdvisor', proposalId }]);
    expect(desk.proposal()).toMatchObject({ phase: 'asking', plan, digest: digestOf(JSON.stringify(plan)) });
    expect(advisorRequest(desk.state, proposalId, 1)).toMatchObject({
      plan,
      tickSize: 0.25,
      confidence: 0.6,
      ts: 1,
    });
  });

  it('shows the advisor the last hour of bars', () => {
    const desk = openDesk();
    const bars = Array.from({ length: 90 }, (_, n) => ({
      ts: n * 60_000,
      openTicks: n,
      highTicks: n,
      lowTicks: n,
      closeTicks: n,
      volume: 1,
    }));
    desk.when({ type: 'BarsLoaded', symbol: 'ES', bars });
    desk.advisor = null;
    desk.signal();
    expect(advisorRequest(desk.state, proposalIdOf(desk.cycle.cycleId), 1)?.bars).toEqual(bars.slice(-60));
  });

  it('goes out on GO', () => {
    const desk = openDesk().signal();
    expect(desk.facts.map((fact) => fact.type).slice(0, 7)).toEqual([
      'CycleOpened',
      'GuardsEvaluated',
      'AdvisorAsked',
      'AdvisorVerdict',
      'GuardsEvaluated',
      'EntryApproved',
      'BracketJournaled',
    ]);
    expect(desk.sent.map((command) => command.type)).toEqual(['PlaceBracket']);
    expect(desk.cycle.clearance).toEqual({ kind: 'go', advisor: 'rules' });
    expect(desk.state.proposals).toEqual({});
  });

  it('runs through all guards again at the moment of GO', () => {
    const desk = openDesk();
    desk.advisor = null;
    desk.signal();
    desk.operator({ kind: 'HaltEntries', scope: 'ES', reason: 'news' });
    desk.when(advised(`${desk.cycle.cycleId}:proposal`, 'GO'));
    expect(desk.of('EntryDenied')).toMatchObject([{ reasons: ['ENTRIES_HALTED'] }]);
    expect(desk.sent).toEqual([]);
  });
});

describe('a WAIT', () => {
  it('blocks the entry and leaves a proposal for a person (F47)', () => {
    const desk = waitingDesk();
    expect(desk.sent).toEqual([]);
    expect(desk.of('ProposalWaiting')).toHaveLength(1);
    expect(desk.proposal()).toMatchObject({ phase: 'waiting', answer: { verdict: 'WAIT' } });
    expect(desk.cycle).toMatchObject({ phase: 'waiting', reasons: ['AWS_WAIT'] });
    expect(desk.state.day.waited).toBe(1);
  });

  it('is not overridden by a confidence of exactly 0.75, nor by none', () => {
    expect(waitingDesk(0.75).sent).toEqual([]);
    expect(waitingDesk(null).sent).toEqual([]);
  });

  it('is overridden by a confidence of 0.76, on record with the threshold', () => {
    const desk = waitingDesk(0.76);
    expect(desk.of('WaitOverridden')).toMatchObject([
      { code: 'AWS_WAIT_OVERRIDE', confidence: 0.76, threshold: 0.75 },
    ]);
    expect(desk.cycle.clearance).toEqual({ kind: 'override', confidence: 0.76, threshold: 0.75 });
    expect(desk.sent.map((command) => command.type)).toEqual(['PlaceBracket']);
  });

  it('is what a failed advisor means, whatever the confidence (F48)', () => {
    const desk = openDesk();
    desk.advisor = null;
    desk.signal({ confidence: 0.99 });
    desk.when(adviceFailed(`${desk.cycle.cycleId}:proposal`));
    expect(desk.sent).toEqual([]);
    expect(desk.of('AdvisorUnavailable')).toMatchObject([{ why: 'The advisor is down.' }]);
    expect(desk.cycle).toMatchObject({ phase: 'waiting', reasons: ['ADVISOR_UNAVAILABLE'] });
  });

  it('is what silence means after 5 s', () => {
    const desk = openDesk();
    desk.advisor = null;
    desk.signal({ confidence: 0.99 });
    expect(desk.later(4_750).of('AdvisorUnavailable')).toEqual([]);
    expect(desk.later(250).of('AdvisorUnavailable')).toMatchObject([{ why: 'No answer within 5 s.' }]);
    expect(desk.cycle.phase).toBe('waiting');
  });

  it('is what a late GO means, even when it comes before the tick that would have noticed', () => {
    const desk = openDesk();
    desk.advisor = null;
    desk.signal({ confidence: 0.99 });
    desk.ts += 5_000;
    desk.when(advised(`${desk.cycle.cycleId}:proposal`, 'GO'));
    expect(desk.sent).toEqual([]);
    expect(desk.cycle).toMatchObject({ phase: 'waiting', reasons: ['ADVISOR_UNAVAILABLE'] });
    desk.when(advised(`${desk.cycle.cycleId}:proposal`, 'GO'));
    expect(desk.facts).toEqual([]);
  });

  it('is what nonsense means', () => {
    const desk = openDesk();
    desk.advisor = null;
    desk.signal();
    const nonsense = { ...answer('WAIT'), verdict: 'MAYBE' } as unknown as AdvisorAnswer;
    desk.when({
      type: 'AdvisorAnswered',
      proposalId: `${desk.cycle.cycleId}:proposal` as never,
      answer: nonsense,
    });
    expect(desk.sent).toEqual([]);
    expect(desk.cycle.phase).toBe('waiting');
  });

  it('of an unknown proposal means nothing', () => {
    expect(openDesk().when(advised('c-x-1:proposal', 'GO')).facts).toEqual([]);
  });
});

describe('an approval', () => {
  it('sends exactly the proposal that the person saw, with name and reason on record', () => {
    const desk = waitingDesk();
    const proposal = desk.proposal();
    approve(desk);
    expect(desk.of('ProposalApproved')).toMatchObject([
      { by: 'ana', reason: 'I see the level too.', digest: proposal?.digest },
    ]);
    expect(desk.of('GuardsEvaluated')).toMatchObject([{ at: 'send' }]);
    expect(desk.cycle.clearance).toEqual({
      kind: 'operator',
      operator: 'ana',
      reason: 'I see the level too.',
    });
    expect(desk.sent).toMatchObject([
      { type: 'PlaceBracket', entry: { limitTicks: ticks(6890.5) }, stop: { triggerTicks: ticks(6885.5) } },
    ]);
  });

  it('twice gives one bracket (S-19)', () => {
    const desk = approve(waitingDesk(), { commandId: 'first-click' });
    expect(desk.sent).toHaveLength(1);
    approve(desk, { commandId: 'second-click' });
    expect(desk.sent).toEqual([]);
    expect(desk.facts).toMatchObject([{ type: 'CommandRefused', code: 'PROPOSAL_UNKNOWN' }]);
    approve(desk, { commandId: 'first-click' });
    expect(desk.facts).toEqual([{ type: 'CommandRepeated', commandId: 'first-click' }]);
    expect(desk.broker.received.filter((command) => command.type === 'PlaceBracket')).toHaveLength(1);
  });

  it('for another digest is refused, and the proposal still waits', () => {
    const desk = approve(waitingDesk(), { digest: digestOf('something else') });
    expect(desk.facts).toMatchObject([{ type: 'CommandRefused', code: 'PROPOSAL_CHANGED' }]);
    expect(desk.sent).toEqual([]);
    expect(desk.proposal()?.phase).toBe('waiting');
  });

  it('without a reason is refused', () => {
    const desk = approve(waitingDesk(), { reason: '' });
    expect(desk.facts).toMatchObject([{ type: 'CommandRefused', code: 'REASON_REQUIRED' }]);
    expect(desk.sent).toEqual([]);
  });

  it('after 90 s is refused, even before the tick that would have noticed', () => {
    const desk = waitingDesk();
    desk.ts += 90_000;
    desk.market('ES', 6890.5);
    expect(desk.of('ProposalExpired')).toMatchObject([{ code: 'PROPOSAL_EXPIRED' }]);
    const other = waitingDesk();
    other.ts += 90_000;
    approve(other);
    expect(other.facts).toMatchObject([
      { type: 'CommandRefused', code: 'PROPOSAL_EXPIRED' },
      { type: 'ProposalExpired' },
    ]);
    expect(other.sent).toEqual([]);
    expect(other.cycle).toMatchObject({ phase: 'denied', reasons: ['AWS_WAIT', 'PROPOSAL_EXPIRED'] });
  });

  it('at 89 s, with a fresh quote, is taken', () => {
    const desk = waitingDesk().later(89_000).market('ES', 6890.5);
    expect(approve(desk).sent).toHaveLength(1);
  });

  it('after a drift of more than 8 ticks is refused: the proposal has lapsed', () => {
    const desk = waitingDesk().market('ES', 6892.5);
    expect(desk.proposal()?.phase).toBe('waiting');
    desk.market('ES', 6892.75);
    expect(desk.of('ProposalExpired')).toMatchObject([{ code: 'PROPOSAL_DRIFTED' }]);
    expect(approve(desk).facts).toMatchObject([{ type: 'CommandRefused', code: 'PROPOSAL_UNKNOWN' }]);
    expect(desk.sent).toEqual([]);
  });

  it('lifts the WAIT and nothing else: halted meanwhile, it is denied', () => {
    const desk = waitingDesk().operator({ kind: 'HaltEntries', scope: '*', reason: 'news' });
    approve(desk);
    expect(desk.of('EntryDenied')).toMatchObject([{ reasons: ['ENTRIES_HALTED'] }]);
    expect(desk.cycle).toMatchObject({ phase: 'denied', outcome: 'denied' });
    expect(desk.sent).toEqual([]);
  });

  it('with a stale quote is denied', () => {
    const desk = approve(waitingDesk().later(5_250));
    expect(desk.of('EntryDenied')).toMatchObject([{ reasons: ['STALE_MARKET_DATA'] }]);
  });
});

describe('a rejection', () => {
  it('needs a reason, and ends the cycle', () => {
    const desk = waitingDesk();
    const proposalId = desk.proposal()?.proposalId ?? ('' as never);
    desk.operator({ kind: 'RejectProposal', proposalId, reason: '' }, 'reject-0001');
    expect(desk.facts).toMatchObject([{ type: 'CommandRefused', code: 'REASON_REQUIRED' }]);
    desk.operator({ kind: 'RejectProposal', proposalId, reason: 'Too late in the day.' }, 'reject-0002');
    expect(desk.of('ProposalRejected')).toMatchObject([{ by: 'ana', reason: 'Too late in the day.' }]);
    expect(desk.cycle).toMatchObject({
      phase: 'denied',
      outcome: 'rejected by operator',
      reasons: ['AWS_WAIT'],
    });
    expect(desk.state.proposals).toEqual({});
    expect(desk.sent).toEqual([]);
  });
});
