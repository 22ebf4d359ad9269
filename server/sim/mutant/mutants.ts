/** All of them, in the order of the catalogue. */
import { BELIEFS } from './beliefs';
import { CONTROL } from './control';
import type { Mutant } from './mutant';
import { PROTECTIONS } from './protection';
import { SURROUNDINGS } from './surroundings';

export const MUTANTS: readonly Mutant[] = [...CONTROL, ...PROTECTIONS, ...BELIEFS, ...SURROUNDINGS];
