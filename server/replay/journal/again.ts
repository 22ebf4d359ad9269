/**
 * Our own journal under other limits: the engine is stepped through what happened, and each decision about an entry is taken a second
 * time from the same state, with only the limits changed. What would have followed from another decision is not pursued.
 */
import { z } from 'zod';
import { withQuotes } from '../../engine/market/market';
import type { Fact } from '../../engine/model/fact';
import type { Limits } from '../../engine/model/limits';
import { type GuardResult, REASON_CODES } from '../../engine/model/reason';
import { type EngineState, INITIAL_STATE } from '../../engine/model/state';
import type { JournalEntry } from '../../engine/model/step';
import { step } from '../../engine/step';

/** `denied`: by guards. `asked`: put to the advisor. `waiting`: a WAIT, or no answer, blocks it. `sent`: the bracket went out. */
const Said = z.object({
  is: z.enum(['denied', 'asked', 'waiting', 'sent']),
  reasons: z.array(z.enum(REASON_CODES)),
});

export const Decision = z.object({
  seq: z.int(),
  /** Exchange time, ms. */
  ts: z.number(),
  cycleId: z.string(),
  symbol: z.string(),
  /** At the signal, or at the answer that followed it. */
  at: z.enum(['signal', 'answer']),
  was: Said,
  now: Said,
  /** Guards whose verdict is another one now, in words. */
  changed: z.array(z.string()),
});

export const JournalReplay = z.object({
  version: z.literal(1),
  limits: z.record(z.string(), z.number()),
  entries: z.int(),
  decisions: z.array(Decision),
  summary: z.object({
    decisions: z.int(),
    /** Would be stopped now, and was not. */
    stopped: z.int(),
    /** Would get further now than it did. */
    released: z.int(),
    same: z.int(),
  }),
  caveats: z.array(z.string()),
});

export type Decision = z.infer<typeof Decision>;
export type JournalReplay = z.infer<typeof JournalReplay>;
type Said = z.infer<typeof Said>;

const ORDER: readonly Said['is'][] = ['denied', 'waiting', 'asked', 'sent'];

/**
 * @param changes the limits that are another now; all others are those of the time.
 * @param wanted which decisions are told of; the engine is stepped through all that came before.
 */
export async function judgeAgain(
  entries: AsyncIterable<JournalEntry> | Iterable<JournalEntry>,
  changes: Partial<Limits>,
  wanted: (entry: JournalEntry) => boolean = () => true,
): Promise<JournalReplay> {
  let state: EngineState = INITIAL_STATE;
  let count = 0;
  let diverged = 0;
  const decisions: Decision[] = [];
  for await (const entry of entries) {
    count += 1;
    const before = withQuotes(state, entry.quotes);
    const outcome = step(before, entry);
    if (JSON.stringify(outcome.facts) !== JSON.stringify(entry.facts)) diverged += 1;
    if (wanted(entry)) decisions.push(...decidedAgain(before, entry, changes));
    state = outcome.state;
  }
  return {
    version: 1,
    limits: { ...changes },
    entries: count,
    decisions,
    summary: summaryOf(decisions),
    caveats: [
      'Each decision is taken again from the state of its time; trades that other limits would have made or spared are not followed.',
      ...(diverged > 0
        ? [
            `${diverged} entries were written by another version of the engine, which concluded something else.`,
          ]
        : []),
    ],
  };
}

function decidedAgain(before: EngineState, entry: JournalEntry, changes: Partial<Limits>): Decision[] {
  const decided = cyclesOf(entry.facts);
  if (decided.length === 0) return [];
  const { facts } = step({ ...before, limits: { ...before.limits, ...changes } }, entry);
  return decided.flatMap((cycleId) => {
    const was = saidOf(entry.facts, cycleId);
    const now = saidOf(facts, cycleId);
    if (was === null || now === null) return [];
    const { seq, ts, event } = entry;
    const symbol = entry.facts.flatMap((fact) =>
      'cycleId' in fact && fact.cycleId === cycleId ? [fact.symbol] : [],
    );
    return [
      {
        seq,
        ts,
        cycleId,
        symbol: symbol[0] ?? '',
        at: event.type === 'SignalReceived' ? ('signal' as const) : ('answer' as const),
        was,
        now,
        changed: changedOf(resultsOf(entry.facts, cycleId), resultsOf(facts, cycleId)),
      },
    ];
  });
}

/** The cycles whose entry is decided about in a step. */
function cyclesOf(facts: readonly Fact[]): string[] {
  const decided = facts.flatMap((fact) =>
    fact.type === 'GuardsEvaluated' || fact.type === 'ProposalWaiting' ? [fact.cycleId] : [],
  );
  return [...new Set<string>(decided)];
}

/** How far the entry came in one step; null when nothing was decided. */
function saidOf(facts: readonly Fact[], cycleId: string): Said | null {
  const own = facts.filter((fact) => 'cycleId' in fact && fact.cycleId === cycleId);
  const denied = own.find((fact) => fact.type === 'EntryDenied');
  if (denied) return { is: 'denied', reasons: [...denied.reasons] };
  if (own.some((fact) => fact.type === 'EntryApproved')) return { is: 'sent', reasons: [] };
  if (own.some((fact) => fact.type === 'ProposalWaiting')) {
    const silent = own.some((fact) => fact.type === 'AdvisorUnavailable');
    return { is: 'waiting', reasons: [silent ? 'ADVISOR_UNAVAILABLE' : 'AWS_WAIT'] };
  }
  return own.some((fact) => fact.type === 'AdvisorAsked') ? { is: 'asked', reasons: [] } : null;
}

function resultsOf(facts: readonly Fact[], cycleId: string): readonly GuardResult[] {
  const evaluated = facts.findLast((fact) => fact.type === 'GuardsEvaluated' && fact.cycleId === cycleId);
  return evaluated?.type === 'GuardsEvaluated' ? evaluated.results : [];
}

function changedOf(was: readonly GuardResult[], now: readonly GuardResult[]): string[] {
  return now.flatMap((result) => {
    const earlier = was.find(({ guard }) => guard === result.guard);
    if (earlier === undefined || earlier.verdict === result.verdict) return [];
    const { guard, observed, relation, limit } = result;
    return [
      `${guard}: ${earlier.verdict} before, ${result.verdict} now (${observed ?? 'unknown'} ${relation} ${limit})`,
    ];
  });
}

function summaryOf(decisions: readonly Decision[]): JournalReplay['summary'] {
  const further = ({ was, now }: Decision) => Math.sign(ORDER.indexOf(now.is) - ORDER.indexOf(was.is));
  const count = (sign: number) => decisions.filter((decision) => further(decision) === sign).length;
  return { decisions: decisions.length, stopped: count(-1), released: count(1), same: count(0) };
}
