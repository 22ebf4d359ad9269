/** Reads a tape file (CSV, plain or gzipped) and finds where on it to begin. */
import { parseTape, type Tape } from '../exchange/tape';
import { readZippedText } from './zipped-text';

/** The gateway cannot start as asked. The message is one sentence that says what to do. */
export class StartRefused extends Error {}

const BAR_MS = 60_000;

/** @throws StartRefused when the file cannot be read or one of its rows is no bar */
export function readTape(path: string): Tape {
  const reading = parseTape(readText(path));
  if (reading.ok) return reading.tape;
  throw new StartRefused(
    `Tape ${path}, row ${reading.row}: ${reading.reason}; correct the row or leave it out.`,
  );
}

/**
 * Exchange time at which the tape begins to play, epoch ms: `at`, or the first bar.
 * @throws StartRefused when `at` lies outside the tape
 */
export function tapeStart(tape: Tape, at: number | undefined): number {
  const firstTs = tape.bars[0]?.ts ?? 0;
  const endTs = (tape.bars.at(-1)?.ts ?? 0) + BAR_MS;
  if (at === undefined) return firstTs;
  if (at >= firstTs && at < endTs) return at;
  const range = `${new Date(firstTs).toISOString()} and ${new Date(endTs).toISOString()}`;
  throw new StartRefused(
    `The tape has no bars at ${new Date(at).toISOString()}; choose a time between ${range}.`,
  );
}

function readText(path: string): string {
  try {
    return readZippedText(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefused(
      `Tape ${path} cannot be read (${why}); check the path and that it is CSV or gzipped CSV.`,
    );
  }
}
