/** A recording served to clients: each that connects gets the next connection of its client id, at the version that was agreed then. */
import type { Socket } from 'node:net';
import { errorMessage } from '../answer/system';
import { Door } from '../session/door';
import { NO_ID } from '../wire/fields';
import { encodeFrame, FrameReader, ProtocolViolation } from '../wire/frame';
import { agreeVersion, parseVersionOffer } from '../wire/version';
import type { Session } from './session';
import { type Manner, Stand } from './stand';

export interface PlaybackOptions extends Manner {
  /** 0 asks the system for a free one. */
  port: number;
  host: string;
  sessions: readonly Session[];
}

const START_API = '71';
const PROCESSING_ERROR = 321;

export class Playback {
  private readonly door: Door;
  private readonly sockets = new Set<Socket>();
  private readonly left: Session[];

  constructor(private readonly options: PlaybackOptions) {
    this.left = [...options.sessions];
    this.door = new Door(options, (socket) => this.accept(socket));
  }

  /** @throws the system's error when the port cannot be had */
  async open(): Promise<void> {
    await this.door.open();
  }

  get port(): number {
    return this.door.port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await this.door.close();
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    socket.setNoDelay(true);
    const reader = new FrameReader({ preamble: true });
    let version: number | undefined;
    let stand: Stand | undefined;
    const take = (values: readonly string[]) => {
      if (stand) stand.hears(values);
      else if (version === undefined) version = this.greet(socket, values[0] ?? '');
      else if (values[0] === START_API) stand = this.begin(socket, version, Number(values[2] ?? 0), values);
    };
    socket.on('data', (chunk) => {
      try {
        for (const values of reader.push(chunk)) if (!socket.destroyed) take(values);
      } catch (error) {
        if (!(error instanceof ProtocolViolation)) throw error;
        this.refuse(socket, `not a TWS client: ${error.message}`);
      }
    });
    socket.on('error', () => socket.destroy());
    socket.once('close', () => stand?.close());
  }

  /** The version is told before the client says who it is: it is that of the next connection that the client can read. */
  private greet(socket: Socket, offerText: string): number | undefined {
    const offer = parseVersionOffer(offerText);
    const next = this.left.find(({ version }) => offer && agreeVersion(offer, version) === version);
    if (next) socket.write(encodeFrame(next.hello));
    else this.refuse(socket, `the client offers "${offerText}"; there is left: ${this.inventory()}`);
    return next?.version;
  }

  private begin(
    socket: Socket,
    version: number,
    clientId: number,
    startApi: readonly string[],
  ): Stand | undefined {
    const session = this.left.find((one) => one.clientId === clientId && one.version === version);
    if (!session) {
      const reason = `The recording has no more of client ${clientId}; there is left: ${this.inventory()}`;
      socket.write(encodeFrame(errorMessage(NO_ID, PROCESSING_ERROR, reason)));
      this.refuse(socket, reason);
      return undefined;
    }
    this.left.splice(this.left.indexOf(session), 1);
    this.options.log({ kind: 'playing', clientId, conn: session.conn, version });
    const stand = new Stand(socket, session, this.options);
    stand.hears(startApi);
    return stand;
  }

  private refuse(socket: Socket, reason: string): void {
    this.options.log({ kind: 'connection refused', reason });
    socket.destroySoon();
  }

  private inventory(): string {
    const each = this.left.map(({ clientId, version }) => `client ${clientId} (version ${version})`);
    return each.join(', ') || 'nothing';
  }
}
