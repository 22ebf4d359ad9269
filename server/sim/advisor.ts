/** An advisor that says what the plan wants: at once, late, never, or by falling over. */
import type { AdvisorAnswer, AdvisorRequest } from '../engine/model/advisory';
import type { Advisor } from '../ports';
import type { Verdict } from './act/plan';

const LATE_MS = 3_000;

export class ScriptedAdvisor implements Advisor {
  readonly name = 'scripted';
  verdict: Verdict = 'GO';

  constructor(private readonly after: (ms: number, run: () => void) => void) {}

  ask(_request: AdvisorRequest): AdvisorAnswer | Promise<AdvisorAnswer> {
    switch (this.verdict) {
      case 'GO':
      case 'WAIT':
        return answer(this.verdict);
      case 'late':
        return new Promise((resolve) => this.after(LATE_MS, () => resolve(answer('GO'))));
      case 'never':
        return new Promise(() => undefined);
      case 'garbage':
        return { verdict: 'BUY NOW', confidence: Number.NaN, words: null } as unknown as AdvisorAnswer;
      case 'throws':
        throw new Error('The advisor fell over.');
    }
  }
}

function answer(verdict: 'GO' | 'WAIT'): AdvisorAnswer {
  return {
    verdict,
    confidence: 0.7,
    words: 'Scripted.',
    trend: 'RANGE',
    volatility: 'MEDIUM',
    advisor: 'scripted',
    latencyMs: 0,
  };
}
