/** Tells what a file is by how it begins. */
import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import { type FileKind, IncidentRefused } from './words';

const SQLITE = Buffer.from('SQLite format 3\0');
const GZIP = Buffer.from([0x1f, 0x8b]);
const ZIP = Buffer.from('PK\x03\x04');
const TAPE_HEADER = /^\uFEFF?timestamp,open,high,low,close,volume/;
const LOOKED_AT_BYTES = 4_096;

/** @throws IncidentRefused for a file that is empty, or an archive that must be unpacked first. */
export async function kindOf(path: string, name: string): Promise<FileKind> {
  const head = await firstBytes(path);
  if (head.length === 0) throw new IncidentRefused(`${name} is empty.`);
  if (startsWith(head, SQLITE)) return 'orders-db';
  if (startsWith(head, ZIP))
    throw new IncidentRefused(`${name} is a zip archive: unpack it and bring the files in it.`);
  const text = (startsWith(head, GZIP) ? unpacked(head) : head).toString('utf8');
  return TAPE_HEADER.test(text) ? 'tape' : 'log';
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT_BYTES), 0, LOOKED_AT_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What the beginning of a gzipped file holds: the rest is not there, and that is no error. */
function unpacked(head: Buffer): Buffer {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  return bytes.subarray(0, prefix.length).equals(prefix);
}
