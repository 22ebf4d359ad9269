/** What is to go wrong, from the command line and from a file: all of it is understood before any of it is used. */
import { readFileSync } from 'node:fs';
import { StartRefused } from '../tape-file';
import { FaultRefused, parseFault, readFaults, type TimedFault } from './spell';

/**
 * @param typed each `--fault`
 * @param path of `--faults`: JSON, one fault a line
 * @throws StartRefused with one sentence for the first that is wrong
 */
export function readPlan(typed: readonly string[], path: string | undefined): TimedFault[] {
  const fromFile = path === undefined ? [] : understood(`--faults ${path}`, () => readFaults(textOf(path)));
  return [...typed.map((text) => understood('--fault', () => parseFault(text))), ...fromFile];
}

function understood<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FaultRefused)) throw error;
    throw new StartRefused(`${option}: ${error.message}.`);
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefused(`The faults in ${path} cannot be read (${why}); check the path.`);
  }
}
