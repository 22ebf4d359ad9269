/** What became of a cycle, in a headline's words. */
import type { CycleRow } from '@/server/engine/model/rows';

export interface Headline {
  words: string;
  tone: 'neutral' | 'safe' | 'caution' | 'danger' | 'accent';
}

const OUTCOMES: Readonly<Record<string, string>> = {
  target: 'closed at its target',
  stop: 'stopped out',
  'exit signal': 'closed by an exit signal',
  'time exit': 'closed after its time',
  'operator exit': 'closed by an operator',
  flattened: 'flattened',
  'emergency stop': 'closed by the emergency stop',
  'closed elsewhere': 'closed elsewhere',
  denied: 'denied',
  'rejected by operator': 'rejected by an operator',
  'proposal expired': 'proposal expired',
  'entry not filled': 'never filled',
  'entry refused by broker': 'refused by the broker',
};

export function headlineOf(row: Pick<CycleRow, 'phase' | 'outcome' | 'realizedMicros'>): Headline {
  switch (row.phase) {
    case 'open':
      return { words: 'open', tone: 'accent' };
    case 'entering':
      return { words: 'entering', tone: 'accent' };
    case 'waiting':
      return { words: 'waiting for a person', tone: 'caution' };
    case 'proposed':
      return { words: 'being judged', tone: 'neutral' };
  }
  const words = OUTCOMES[row.outcome ?? row.phase] ?? row.outcome ?? row.phase;
  if (row.realizedMicros === null) return { words, tone: 'neutral' };
  return { words, tone: row.realizedMicros < 0 ? 'danger' : 'safe' };
}

/** Whether more can still happen to it. */
export function isOpen(phase: string): boolean {
  return ['proposed', 'waiting', 'entering', 'open'].includes(phase);
}
