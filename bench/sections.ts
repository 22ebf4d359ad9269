/** The sections, in the order in which they run. */
import { bracket } from './bracket';
import { flatten } from './flatten';
import { memory } from './memory';
import { protection } from './protection';
import { reconnect } from './reconnect';
import { recovery } from './recovery';
import { replay } from './replay';
import type { Section } from './section';
import { seeds } from './seeds';
import { steps } from './step';
import { ticks } from './ticks';
import { wire } from './wire';

export const SECTIONS: Readonly<Record<string, Section>> = {
  bracket,
  ticks,
  seeds,
  steps,
  protection,
  flatten,
  recovery,
  reconnect,
  memory,
  replay,
  wire,
};
