/** Every checker, fresh for one run. */
import type { Watcher } from '../world';
import { comesToRest } from './at-rest';
import { exitReduces } from './exit-reduces';

export function allWatchers(): Watcher[] {
  return [exitReduces(), comesToRest()];
}
