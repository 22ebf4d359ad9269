/** Reads a text file, gzipped or plain: told by its first bytes, not by its name. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** @throws the system's error when it cannot be read, zlib's when it is damaged */
export function readZippedText(path: string): string {
  const bytes = readFileSync(path);
  const zipped = bytes.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC);
  return (zipped ? gunzipSync(bytes) : bytes).toString('utf8');
}
