/**
 * Makes a failing plan short: acts are left out, spans and sizes made small, the broker's customs made ordinary, as long as the same
 * invariant still breaks. What is left is usually the story.
 */
import type { Act, Plan, Setting } from './act/plan';

/** @returns the invariant that a plan breaks, or null. */
export type Breaks = (plan: Plan) => Promise<string | null>;

const ORDINARY: Omit<Setting, 'startTs'> = {
  mood: { meanMs: 600, deviation: 1, jumps: 0, jumpTicks: 0, depth: 20 },
  childActivation: 'onFill',
  fillReporting: 'executionFirst',
  othersExecutions: true,
  keepsOrdersWhileCut: false,
  lineMs: [0, 0],
  exchangeMs: 0,
  quoteMs: 250,
  diskMs: 0,
  shuffle: false,
  quietMs: 8_000,
};

export async function shrink(plan: Plan, breaks: Breaks): Promise<Plan> {
  const invariant = await breaks(plan);
  if (invariant === null) return plan;
  const same = async (tried: Plan) => (await breaks(tried)) === invariant;
  let current = await fewerActs(plan, same);
  current = await simplerSetting(current, same);
  return await fewerActs(current, same);
}

/** Delta debugging over the acts (Zeller): halves, quarters, then one by one. */
async function fewerActs(plan: Plan, same: (plan: Plan) => Promise<boolean>): Promise<Plan> {
  let { acts } = plan;
  for (let size = Math.ceil(acts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < acts.length; ) {
      const without: readonly Act[] = [...acts.slice(0, from), ...acts.slice(from + size)];
      if (await same({ ...plan, acts: without })) acts = without;
      else from += size;
    }
  }
  return { ...plan, acts };
}

async function simplerSetting(plan: Plan, same: (plan: Plan) => Promise<boolean>): Promise<Plan> {
  let { setting } = plan;
  for (const key of Object.keys(ORDINARY) as (keyof typeof ORDINARY)[]) {
    const simpler = { ...setting, [key]: ORDINARY[key] };
    if (await same({ ...plan, setting: simpler })) setting = simpler;
  }
  return { ...plan, setting };
}
