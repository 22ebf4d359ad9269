/** Writes what passes the sockets to a file: what a client really sent, and what it really was sent, faults included. */
import { createWriteStream, type WriteStream } from 'node:fs';
import { createGzip, type Gzip } from 'node:zlib';
import type { Line } from '../session/line';
import type { Message } from '../wire/frame';
import type { RecordedFrame } from './recording';

const START_API = '71';

export class Recorder {
  private readonly file: WriteStream;
  private readonly zip: Gzip | undefined;
  private readonly beganAt = Date.now();
  private connections = 0;

  /** @param path gzipped when it ends in .gz; an older file of that name is replaced */
  private constructor(path: string, file: WriteStream) {
    this.file = file;
    if (!path.endsWith('.gz')) return;
    this.zip = createGzip();
    this.zip.pipe(file);
  }

  /** @throws the system's error when the file cannot be written */
  static async open(path: string): Promise<Recorder> {
    const file = createWriteStream(path);
    await new Promise<void>((resolve, reject) => file.once('open', () => resolve()).once('error', reject));
    return new Recorder(path, file);
  }

  /** A line of the next connection that is recorded on the side of the socket. */
  over(line: Line): Line {
    this.connections += 1;
    const conn = this.connections;
    let client: number | undefined;
    let over = false;
    const write = (way: RecordedFrame['way'], fields: readonly string[]) => {
      if (over) return;
      const frame = { ms: Date.now() - this.beganAt, conn, client, way, fields };
      (this.zip ?? this.file).write(`${JSON.stringify(frame)}\n`);
    };
    return {
      outgoing: (message, deliver) =>
        line.outgoing(message, (said) => {
          write('out', said.map(asText));
          deliver(said);
        }),
      incoming: (values, deliver) => {
        if (values[0] === START_API) client ??= Number(values[2] ?? 0);
        write('in', values);
        line.incoming(values, deliver);
      },
      writing: (bytes, deliver) => line.writing(bytes, deliver),
      ended: (by, reason) => {
        write('end', [by, reason]);
        over = true;
        line.ended(by, reason);
      },
    };
  }

  /** Returns when all of it is in the file. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.file.once('close', () => resolve());
      (this.zip ?? this.file).end();
    });
  }
}

/** A field as it travels. */
function asText(field: Message[number]): string {
  return typeof field === 'boolean' ? String(Number(field)) : String(field);
}
