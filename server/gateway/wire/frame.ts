/**
 * Frames of the TWS protocol: a 4-byte big-endian length, then fields that each end in NUL.
 * TCP may cut the bytes anywhere; a frame comes out exactly once, when its last byte has arrived.
 */

export type Field = string | number | boolean;
export type Message = readonly Field[];

/** A peer that does not speak the protocol: the connection is of no use and is to be closed. */
export class ProtocolViolation extends Error {}

/** The four bytes with which every API client opens the connection. */
export const PREAMBLE = Buffer.from('API\0', 'latin1');

/** Bytes. The longest request a client sends (a placeOrder) takes about one kilobyte. */
export const FRAME_BYTES_MAX = 1 << 20;

const LENGTH_BYTES = 4;

/** One message as bytes, ready to write. Booleans travel as 1 and 0. */
export function encodeFrame(message: Message): Buffer {
  const body = message.map((field) => `${typeof field === 'boolean' ? Number(field) : field}\0`).join('');
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + Buffer.byteLength(body));
  frame.writeUInt32BE(frame.length - LENGTH_BYTES);
  frame.write(body, LENGTH_BYTES);
  return frame;
}

/** Cuts a byte stream into frames; `preamble` bytes are expected (and swallowed) before the first. */
export class FrameReader {
  private pending: Buffer = Buffer.alloc(0);
  private preambleSeen: boolean;

  constructor(options: { preamble: boolean } = { preamble: false }) {
    this.preambleSeen = !options.preamble;
  }

  /**
   * The fields of every frame that `chunk` completes, in order.
   * @throws ProtocolViolation on a wrong preamble or a length beyond FRAME_BYTES_MAX
   */
  push(chunk: Buffer): string[][] {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    if (!this.preambleSeen && !this.takePreamble()) return [];
    const frames: string[][] = [];
    let start = 0;
    for (;;) {
      const end = this.frameEnd(start);
      if (end === undefined) break;
      frames.push(splitFields(this.pending.toString('utf8', start + LENGTH_BYTES, end)));
      start = end;
    }
    this.pending = this.pending.subarray(start);
    return frames;
  }

  private takePreamble(): boolean {
    const seen = this.pending.subarray(0, PREAMBLE.length);
    if (!seen.equals(PREAMBLE.subarray(0, seen.length))) {
      throw new ProtocolViolation(`expected "API" and NUL, got bytes ${seen.toString('hex')}`);
    }
    if (seen.length < PREAMBLE.length) return false;
    this.preambleSeen = true;
    this.pending = this.pending.subarray(PREAMBLE.length);
    return true;
  }

  private frameEnd(start: number): number | undefined {
    if (this.pending.length < start + LENGTH_BYTES) return undefined;
    const length = this.pending.readUInt32BE(start);
    if (length > FRAME_BYTES_MAX) throw new ProtocolViolation(`a frame of ${length} bytes`);
    const end = start + LENGTH_BYTES + length;
    return this.pending.length < end ? undefined : end;
  }
}

/** The version offer is the one frame whose last field has no NUL. */
function splitFields(body: string): string[] {
  return (body.endsWith('\0') ? body.slice(0, -1) : body).split('\0');
}
