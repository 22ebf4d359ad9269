/** What once broke does not break again. */
import { describe, expect, it } from 'vitest';
import { regressionFrom, regressions } from './regressions';
import { runPlan } from './run';

const kept = regressions();

describe('a plan that once broke', () => {
  it('is refused, with its name and what is missing, when an older simulation wrote it', () => {
    const [{ name, ...whole }] = kept as [(typeof kept)[number]];
    const { quietMs: _, ...older } = whole.plan.setting;
    const text = JSON.stringify({ ...whole, plan: { ...whole.plan, setting: older } });
    expect(() => regressionFrom('I1-1.json', text)).toThrow(/^I1-1\.json is no plan of today: .*quietMs/s);
    expect(regressionFrom(name, JSON.stringify(whole))).toEqual(whole);
  });

  for (const { name, invariant, plan } of kept) {
    it(`holds now: ${name} (${invariant})`, async () => {
      expect((await runPlan(plan)).violation).toBeNull();
    });
  }
});
