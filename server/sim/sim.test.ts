/** The simulation itself: the same seed is the same morning, and a failing plan shrinks to what makes it fail. */
import { describe, expect, it } from 'vitest';
import { planOf } from './act/draw';
import { runPlan } from './run';
import { shrink } from './shrink';

describe('a seed', () => {
  it('is the same morning each time it is run, to the last byte', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const first = await runPlan(planOf(seed), { digest: true });
      const second = await runPlan(planOf(seed), { digest: true });
      expect(second.digest).toBe(first.digest);
      expect(second.entries).toBe(first.entries);
    }
  });

  it('is another morning than the next one', async () => {
    const digests = await Promise.all([6, 7, 8].map((seed) => runPlan(planOf(seed), { digest: true })));
    expect(new Set(digests.map(({ digest }) => digest)).size).toBe(3);
  });
});

describe('a failing plan', () => {
  it('shrinks to the acts that make it fail, on an ordinary broker', async () => {
    const plan = planOf(11);
    const breaks = (tried: typeof plan) =>
      Promise.resolve(tried.acts.filter((act) => act.kind === 'signal').length >= 2 ? 'I1' : null);
    const short = await shrink(plan, breaks);
    expect(short.acts.map((act) => act.kind)).toEqual(['signal', 'signal']);
    expect(short.setting.childActivation).toBe('onFill');
    expect(short.setting.lineMs).toEqual([0, 0]);
  });

  it('stays as it is when nothing breaks', async () => {
    const plan = planOf(12);
    expect(await shrink(plan, () => Promise.resolve(null))).toBe(plan);
  });
});
