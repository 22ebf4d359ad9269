/** One client at its recorded connection: hears what is due, and is waited for. */
import type { Socket } from 'node:net';
import { encodeFrame } from '../wire/frame';
import { Player, type Remark } from './player';
import type { Session } from './session';

export type PlaybackEvent =
  | { kind: 'playing'; clientId: number; conn: number; version: number }
  | ({ clientId: number; conn: number } & Remark)
  /** It has not come for a while; the playback waits for it. */
  | { kind: 'waits'; clientId: number; conn: number; expected: string }
  | { kind: 'played'; clientId: number; conn: number }
  | { kind: 'client left'; clientId: number; conn: number; framesLeft: number }
  | { kind: 'connection refused'; reason: string };

export interface Manner {
  /** Seconds of the recording in a second. */
  speed: number;
  /** A client that is waited for so long is told of in the log, wall ms; five seconds when not said. */
  patienceMs?: number;
  log(event: PlaybackEvent): void;
}

const PATIENCE_MS = 5_000;

/** One client at its recorded connection. */
export class Stand {
  private readonly player: Player;
  private timer: NodeJS.Timeout | undefined;
  private over = false;

  constructor(
    private readonly socket: Socket,
    private readonly session: Session,
    private readonly manner: Manner,
  ) {
    this.player = new Player(session, manner.speed, performance.now());
  }

  hears(values: readonly string[]): void {
    const remark = this.player.hears(values);
    if (remark) this.manner.log({ ...this.who, ...remark });
    this.play();
  }

  close(): void {
    clearTimeout(this.timer);
    this.manner.log({ kind: 'client left', ...this.who, framesLeft: this.player.left });
  }

  private get who(): { clientId: number; conn: number } {
    return { clientId: this.session.clientId, conn: this.session.conn };
  }

  private play(): void {
    clearTimeout(this.timer);
    if (this.over || this.socket.destroyed) return;
    const { say, next } = this.player.play(performance.now());
    if (say.length > 0) this.socket.write(Buffer.concat(say.map(encodeFrame)));
    switch (next.kind) {
      case 'due':
        this.timer = setTimeout(() => this.play(), next.inMs);
        return;
      case 'waits': {
        const { patienceMs = PATIENCE_MS, log } = this.manner;
        this.timer = setTimeout(() => log({ ...this.who, ...next }), patienceMs);
        return;
      }
      case 'hangs up':
        this.finish();
        this.socket.destroySoon();
        return;
      case 'over':
        this.finish();
        return;
    }
  }

  private finish(): void {
    this.over = true;
    this.manner.log({ kind: 'played', ...this.who });
  }
}
