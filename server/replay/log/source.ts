/** A log as it lies there: plain or gzipped, a file or standard input, read once from its beginning in a window of fixed size. */
import { closeSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { InputError } from '../model/input-error';
import { STAMP_BYTES, stampOf } from './clock';
import { EntryReader } from './entries';
import type { LogEntry } from './said';
import { WINDOW_BYTES } from './scan/scanner';

const PEEK_BYTES = 65_536;
const TURN_BYTES = 16 * WINDOW_BYTES;

export interface LogSource {
  name: string;
  /** Bytes on disk; null for standard input. */
  size: number | null;
  /** The first time stamp; null where the beginning has none. */
  firstTs: number | null;
  gzipped: boolean;
  reader: EntryReader;
  /** Bytes taken from disk until now. */
  taken: number;
  /** It ended early or is damaged: said in the report. */
  trouble: string | null;
  batches(): AsyncGenerator<LogEntry[]>;
}

/** @throws InputError when it does not exist or cannot be read. */
export async function openLog(
  file: string,
  { stdin, thin }: { stdin: Readable; thin: boolean },
): Promise<LogSource> {
  const reader = new EntryReader(file === '-' ? 'standard input' : file, thin);
  return file === '-' ? fromStdin(stdin, reader) : fromFile(file, reader);
}

async function fromFile(name: string, reader: EntryReader): Promise<LogSource> {
  const { size, head } = await peek(name);
  const gzipped = isGzip(head);
  const source: LogSource = {
    ...empty(name, { gzipped, reader }),
    size,
    firstTs: firstStamp(gzipped ? opened(head) : head),
    batches: () => (gzipped ? streamed(source, inflated(source, chunksOf(source))) : plain(source)),
  };
  return source;
}

async function fromStdin(stdin: Readable, reader: EntryReader): Promise<LogSource> {
  const chunks = stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  const head = first.done ? Buffer.alloc(0) : Buffer.from(first.value);
  const gzipped = isGzip(head);
  async function* all() {
    for (let next = first; !next.done; next = await chunks.next()) {
      const chunk = Buffer.from(next.value);
      source.taken += chunk.length;
      yield chunk;
    }
  }
  const source: LogSource = {
    ...empty('standard input', { gzipped, reader }),
    batches: () => streamed(source, gzipped ? inflated(source, all()) : all()),
  };
  return source;
}

function empty(name: string, of: Pick<LogSource, 'gzipped' | 'reader'>): Omit<LogSource, 'batches'> {
  return { name, size: null, firstTs: null, ...of, taken: 0, trouble: null };
}

async function peek(name: string): Promise<{ size: number; head: Buffer }> {
  try {
    const { size } = await stat(name);
    const file = await open(name);
    try {
      const head = Buffer.alloc(Math.min(PEEK_BYTES, size));
      const { bytesRead } = await file.read(head, 0, head.length, 0);
      return { size, head: head.subarray(0, bytesRead) };
    } finally {
      await file.close();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `${name} cannot be read: ${why}. Nothing was replayed. Check the path and its rights.`,
    );
  }
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** As much of the beginning as its first bytes hold. */
function opened(head: Buffer): Buffer {
  try {
    return gunzipSync(head, { finishFlush: 2 });
  } catch {
    return Buffer.alloc(0);
  }
}

function firstStamp(head: Buffer): number | null {
  for (const line of head.toString('utf8').split('\n')) {
    const stamp = stampOf(line.slice(0, STAMP_BYTES));
    if (stamp) return stamp.ts;
  }
  return null;
}

/** A plain file is read straight into the window: to wait for another thread would take longer than the reading. Others have their turn now and then. */
async function* plain(source: LogSource): AsyncGenerator<LogEntry[]> {
  const file = openSync(source.name, 'r');
  try {
    const window = new Window(source.reader);
    for (let sinceTurn = 0; ; ) {
      const count = readSync(file, window.room());
      source.taken += count;
      sinceTurn += count;
      yield window.filled(count);
      if (count === 0) break;
      if (sinceTurn < TURN_BYTES) continue;
      sinceTurn = 0;
      await setImmediate();
    }
  } finally {
    closeSync(file);
  }
}

async function* chunksOf(source: LogSource): AsyncGenerator<Buffer> {
  const file: FileHandle = await open(source.name);
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(WINDOW_BYTES / 16), 0);
      if (bytesRead === 0) return;
      source.taken += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** What can be inflated is; a file that ends early or is damaged says so instead of failing. */
async function* inflated(source: LogSource, packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: WINDOW_BYTES / 4 });
  const input = Readable.from(packed);
  input.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of input.pipe(gunzip)) yield chunk as Buffer;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    source.trouble = `${source.name} is damaged or cut off (${why}): it was read as far as it goes.`;
  }
}

async function* streamed(source: LogSource, chunks: AsyncIterable<Buffer>): AsyncGenerator<LogEntry[]> {
  const window = new Window(source.reader);
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const room = window.room();
      const copied = chunk.copy(room, 0, at);
      at += copied;
      yield window.filled(copied);
    }
  }
  yield window.filled(0);
}

/** The bytes that are looked at: what is not done with stays at the beginning, and what follows is put behind it. */
class Window {
  private kept = 0;

  constructor(private readonly reader: EntryReader) {}

  room(): Buffer {
    return this.reader.window.subarray(this.kept);
  }

  /** @param count bytes written into the room; 0: it has ended. */
  filled(count: number): LogEntry[] {
    const length = this.kept + count;
    const { entries, done } = this.reader.take(length, count === 0);
    if (count === 0) return entries;
    this.reader.window.copyWithin(0, done, length);
    this.kept = length - done;
    return entries;
  }
}
