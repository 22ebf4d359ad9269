/** A tape for the counterfactual: one-minute bars, CSV, plain or gzipped. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseTape, type Tape } from '../../exchange/tape';
import { InputError } from '../model/input-error';

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** @throws InputError when the file cannot be read, or one of its rows is no bar. */
export function readTape(file: string): Tape {
  const reading = parseTape(textOf(file));
  if (reading.ok) return reading.tape;
  throw new InputError(
    `Tape ${file}, row ${reading.row}: ${reading.reason}. Nothing was run; correct the row or leave it out.`,
  );
}

function textOf(file: string): string {
  try {
    const bytes = readFileSync(file);
    const zipped = bytes.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC);
    return (zipped ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(`The tape ${file} cannot be read (${why}). Nothing was run.`, { cause });
  }
}
