/** A client that counts frames and decodes none: what it costs is next to nothing beside what is measured. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeFrame, type Field, PREAMBLE } from '../server/gateway/wire/frame';

const LENGTH_BYTES = 4;

export class FrameClient {
  /** Frames so far. */
  frames = 0;
  private pending: Buffer = Buffer.alloc(0);
  private awaited: { start: Buffer; resolve: () => void } | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.take(bytes));
  }

  static async to(port: number): Promise<FrameClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new FrameClient(socket);
  }

  /** The handshake of an API client; resolves when it has its next order id. */
  async start(clientId: number): Promise<void> {
    const offer = Buffer.from('v178');
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(offer.length);
    this.socket.write(Buffer.concat([PREAMBLE, length, offer]));
    await this.heard(() => undefined, '178');
    await this.heard(() => this.send(71, 2, clientId, ''), '9');
  }

  send(...fields: Field[]): void {
    this.socket.write(encodeFrame(fields));
  }

  /** Resolves with the first frame after `ask` that begins with that field. */
  heard(ask: () => void, field: string): Promise<void> {
    return new Promise((resolve) => {
      this.awaited = { start: Buffer.from(`${field}\0`), resolve };
      ask();
    });
  }

  leave(): void {
    this.socket.destroy();
  }

  private take(bytes: Buffer): void {
    const all = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    let at = 0;
    while (all.length >= at + LENGTH_BYTES) {
      const end = at + LENGTH_BYTES + all.readUInt32BE(at);
      if (end > all.length) break;
      this.frames += 1;
      this.look(all, at + LENGTH_BYTES);
      at = end;
    }
    this.pending = all.subarray(at);
  }

  private look(all: Buffer, at: number): void {
    const { awaited } = this;
    if (awaited === undefined) return;
    const { start, resolve } = awaited;
    if (all.compare(start, 0, start.length, at, Math.min(all.length, at + start.length)) !== 0) return;
    this.awaited = undefined;
    resolve();
  }
}
