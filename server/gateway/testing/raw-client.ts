/** A bare socket for tests: writes any bytes, gives back the frames it receives one by one. */
import { connect, type Socket } from 'node:net';
import { encodeFrame, type Field, FrameReader, PREAMBLE } from '../wire/frame';

export class RawClient {
  /** True once the gateway has closed the connection. */
  closed = false;
  private readonly reader = new FrameReader();
  private readonly received: string[][] = [];
  private wake: () => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      this.received.push(...this.reader.push(chunk));
      this.wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.wake();
    });
  }

  static async connected(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new RawClient(socket);
  }

  write(bytes: Buffer | string): void {
    this.socket.write(bytes);
  }

  send(...fields: Field[]): void {
    this.write(encodeFrame(fields));
  }

  /** Preamble and version offer, `v157..178` say. */
  offer(versions: string): void {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(versions.length);
    this.write(Buffer.concat([PREAMBLE, length, Buffer.from(versions)]));
  }

  /** Handshake of a client that is content with `versions`; returns when the next valid id is there. */
  async start(clientId: number | string, versions = 'v157..178'): Promise<void> {
    this.offer(versions);
    await this.next();
    this.send(71, 2, clientId, '');
    await this.until('9');
  }

  /** The next frame, or undefined when the connection closed instead. */
  async next(): Promise<string[] | undefined> {
    while (this.received.length === 0 && !this.closed) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.received.shift();
  }

  /** Returns when the gateway has closed the connection. */
  async gone(): Promise<void> {
    while (await this.next());
  }

  /** All frames up to and including the first with that message id (and those next fields). */
  async until(messageId: string, ...fields: string[]): Promise<string[][]> {
    const frames: string[][] = [];
    for (;;) {
      const frame = await this.next();
      if (!frame) throw new Error(`closed before message ${messageId} came`);
      frames.push(frame);
      if (frame[0] === messageId && fields.every((field, i) => frame[i + 1] === field)) return frames;
    }
  }

  /** Stops reading, as a client that hangs does. */
  pause(): void {
    this.socket.pause();
  }

  close(): void {
    this.socket.destroy();
  }
}
