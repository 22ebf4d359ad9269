/** Verdicts of a replay in an operator's words, each with its tone. */
import type { Tone } from '../ui/tone';

export const OUTCOMES = ['blocked', 'passed', 'exit', 'unknown', 'protection'] as const;

export interface OutcomeSaid {
  words: string;
  tone: Tone;
  means: string;
}

export function outcomeSaid(outcome: string): OutcomeSaid {
  switch (outcome) {
    case 'blocked':
      return { words: 'blocked', tone: 'danger', means: 'would not have been sent' };
    case 'passed':
      return { words: 'passed', tone: 'safe', means: 'nothing that is known would have stopped it' };
    case 'exit':
      return { words: 'exit', tone: 'accent', means: 'guards never stop an exit; it would only reduce' };
    case 'protection':
      return { words: 'protection', tone: 'neutral', means: 'a stop or target, judged with its entry' };
    default:
      return { words: 'not known', tone: 'caution', means: 'the evidence does not tell enough' };
  }
}

/** @returns `12.4 MB` */
export function bytesSaid(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1_000 ** power).toLocaleString('en-US', { maximumSignificantDigits: 3 })} ${units[power - 1]}`;
}
