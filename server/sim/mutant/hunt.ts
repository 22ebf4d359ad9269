/** The hunt for one mutant: first the scenarios of its row, then seeds, then every other scenario. */
import type { Scenario } from '../scenario/scenario';
import { Lab } from './lab';
import type { Mutant } from './mutant';
import type { Trial } from './trial';

const OWN_VARIATIONS = 6;
const SEEDS = 250;

export interface Catch {
  readonly mutant: Mutant;
  /** The scenario or seed that broke, and what broke; null: it survived. */
  readonly by: { trial: string; what: string } | null;
  readonly seconds: number;
}

/** @param healthy asked whether the same trial passes without the mutant: else it proves nothing. */
export async function hunt(
  mutant: Mutant,
  scenarios: readonly Scenario[],
  healthy: (trial: Trial) => Promise<boolean>,
): Promise<Catch> {
  const started = performance.now();
  const lab = new Lab(mutant);
  const seconds = () => (performance.now() - started) / 1_000;
  try {
    for (const trial of trialsFor(mutant, scenarios)) {
      const what = await lab.ask(trial);
      if (what === null || !(await healthy(trial))) continue;
      return { mutant, by: { trial: nameOf(trial, scenarios), what }, seconds: seconds() };
    }
    return { mutant, by: null, seconds: seconds() };
  } finally {
    lab.close();
  }
}

function* trialsFor({ row }: Mutant, scenarios: readonly Scenario[]): Generator<Trial> {
  const rows = row.split(' ');
  const own = (told: Scenario) => told.rows.some((name) => rows.includes(name));
  // those with few variations play for hours of virtual time
  const quickFirst = [...scenarios.entries()]
    .filter(([, told]) => own(told))
    .sort(([, a], [, b]) => b.variations - a.variations);
  for (let variation = 0; variation < OWN_VARIATIONS; variation++) {
    for (const [at, told] of quickFirst) {
      if (variation < told.variations) yield { kind: 'scenario', at, variation };
    }
  }
  for (let seed = 1; seed <= SEEDS; seed++) yield { kind: 'seed', seed };
  for (const [at, told] of scenarios.entries()) if (!own(told)) yield { kind: 'scenario', at, variation: 0 };
}

function nameOf(trial: Trial, scenarios: readonly Scenario[]): string {
  if (trial.kind === 'seed') return `seed ${trial.seed}`;
  const told = scenarios[trial.at];
  return `${told?.rows.join(' ')}: ${told?.title} (${trial.variation})`;
}
