/** Reads a text file, gzipped or plain: told by its first bytes, not by its name. */
import { readFileSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** @throws the system's error when it cannot be read, zlib's when it is damaged */
export function readZippedText(path: string): string {
  const bytes = readFileSync(path);
  return (isZipped(bytes) ? gunzipSync(bytes) : bytes).toString('utf8');
}

/**
 * The same of a file whose writer may have been killed: what came out of a gzipped one before it breaks off.
 * @throws the system's error when it cannot be read, zlib's when it is damaged
 */
export function readPossiblyCutText(path: string): { text: string; cut: boolean } {
  try {
    return { text: readZippedText(path), cut: false };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR')) throw error;
    const text = gunzipSync(readFileSync(path), { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8');
    return { text, cut: true };
  }
}

function isZipped(bytes: Buffer): boolean {
  return bytes.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC);
}
