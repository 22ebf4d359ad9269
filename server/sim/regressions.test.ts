/** What once broke does not break again. */
import { describe, expect, it } from 'vitest';
import { regressions } from './regressions';
import { runPlan } from './run';

const kept = regressions();

describe('a plan that once broke', () => {
  it('is kept with what it broke', () => {
    for (const { invariant, text, plan } of kept) {
      expect([invariant, text]).not.toContain('');
      expect(plan.healMs).toBeGreaterThan(0);
    }
  });

  for (const { name, invariant, plan } of kept) {
    it(`holds now: ${name} (${invariant})`, async () => {
      expect((await runPlan(plan)).violation).toBeNull();
    });
  }
});
