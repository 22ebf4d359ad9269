/** What a command of `interlock` ends with: words for a person, data for a machine, and an exit code that a script can rely on. */
import type { Settings } from '../settings';

/** 0: done. 1: refused, or NOT FLAT. 2: the worker cannot be reached, or the command was not understood. */
export type ExitCode = 0 | 1 | 2;

export interface Outcome {
  code: ExitCode;
  text: string;
  /** Printed as one JSON document with `--json`. */
  data: unknown;
  /** What is too long to be held whole: printed piece by piece instead of `text` or `data`. */
  long?: { text?: Iterable<string>; json?: Iterable<string> };
}

/** Who asks, and where. */
export interface Desk {
  settings: Settings;
  operator: string;
  /** Tells of progress while the command runs; silent with `--json`. */
  tell(line: string): void;
}
