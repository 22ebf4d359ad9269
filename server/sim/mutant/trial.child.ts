/** A process of the hunt: plays what it is asked to, with the source as it was loaded, and says what broke; null when nothing did. */
import { planOf } from '../act/draw';
import { runPlan } from '../run';
import { allScenarios } from '../scenario/all';
import { play } from '../scenario/scenario';
import type { Trial } from './trial';

const scenarios = await allScenarios();

async function broken(trial: Trial): Promise<string | null> {
  if (trial.kind === 'seed') {
    const { violation } = await runPlan(planOf(trial.seed));
    return violation && `${violation.invariant}: ${violation.text}`;
  }
  const told = scenarios[trial.at];
  if (!told) throw new Error(`There is no scenario ${trial.at}.`);
  return play(told, trial.variation).then(
    () => null,
    (error: Error) => error.message,
  );
}

process.on('message', (trial: Trial) => {
  broken(trial).then(
    (what) => process.send?.({ what }),
    (error: unknown) => process.send?.({ what: `threw ${error}` }),
  );
});
process.on('disconnect', () => process.exit(0));
