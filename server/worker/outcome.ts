/** What a sender is told of its signal, or an operator of a command: read from the facts that the step left. */
import type { Fact } from '../engine/model/fact';
import type { JournalEntry } from '../engine/model/step';
import type { CommandReply } from '../link/protocol';
import type { SignalOutcome } from '../ports';

/** @param notOnDisk why what was decided would not survive a restart; null when it is on disk. */
export function signalOutcome(entries: readonly JournalEntry[], notOnDisk: string | null): SignalOutcome {
  const outcome = decided(entries);
  return notOnDisk === null ? outcome : { ...outcome, detail: `${outcome.detail} NOT ON DISK: ${notOnDisk}` };
}

function decided(entries: readonly JournalEntry[]): SignalOutcome {
  const facts = entries.flatMap((entry) => entry.facts);
  const seq = entries[0]?.seq ?? 0;
  const opened = find(facts, 'CycleOpened');
  const cycleId = opened?.cycleId ?? null;
  const ignored = find(facts, 'SignalIgnored');
  if (ignored) return { result: 'refused', codes: [ignored.code], cycleId, detail: ignored.detail, seq };
  const denied = find(facts, 'EntryDenied');
  if (denied) return { result: 'refused', codes: denied.reasons, cycleId, detail: denied.detail, seq };
  const exit = find(facts, 'ExitRequested') ?? find(facts, 'ExitRepeated');
  if (exit)
    return {
      result: 'accepted',
      codes: [],
      cycleId: exit.cycleId,
      detail: 'The position is being closed.',
      seq,
    };
  const held = find(facts, 'EntryHeldBack');
  if (held) return { result: 'refused', codes: ['RATE_LIMIT'], cycleId, detail: held.detail, seq };
  const unsent = find(facts, 'OrderNeverSent');
  if (unsent?.role === 'entry') {
    return { result: 'refused', codes: ['JOURNAL_FAILED'], cycleId, detail: unsent.why, seq };
  }
  const sent = find(facts, 'BracketJournaled');
  if (sent) {
    const codes = facts.flatMap((fact) => (fact.type === 'WaitOverridden' ? [fact.code] : []));
    return { result: 'accepted', codes, cycleId, detail: 'The bracket is journaled and sent.', seq };
  }
  const waiting = find(facts, 'ProposalWaiting');
  if (waiting)
    return {
      result: 'waiting',
      codes: ['AWS_WAIT'],
      cycleId,
      detail: 'WAIT: a person must approve it.',
      seq,
    };
  return { result: 'waiting', codes: [], cycleId, detail: 'The advisor is asked.', seq };
}

export function commandReply(entries: readonly JournalEntry[], notOnDisk: string | null): CommandReply {
  const facts = entries.flatMap((entry) => entry.facts);
  const seq = entries[0]?.seq ?? 0;
  const refused = find(facts, 'CommandRefused');
  if (refused) return { result: 'refused', seq, code: refused.code, why: refused.why };
  const result = find(facts, 'CommandRepeated') ? 'repeated' : 'accepted';
  return notOnDisk === null ? { result, seq } : { result, seq, notOnDisk };
}

function find<Type extends Fact['type']>(
  facts: readonly Fact[],
  type: Type,
): Extract<Fact, { type: Type }> | undefined {
  return facts.find((fact): fact is Extract<Fact, { type: Type }> => fact.type === type);
}
