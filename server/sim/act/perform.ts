/** Acts of a plan, carried out: each kind by the one who does it. */
import { brokerDoes } from './broker';
import { machinesDo } from './machine';
import { peopleDo } from './people';
import type { Act } from './plan';
import type { Doing, Stage } from './stage';

const DOING: Doing<Act['kind']> = { ...peopleDo, ...brokerDoes, ...machinesDo };

export function perform(stage: Stage, act: Act): void {
  const carryOut = DOING[act.kind] as (stage: Stage, act: Act) => void;
  carryOut(stage, act);
}
