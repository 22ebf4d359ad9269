/** One connection's line with the faults on it. While nothing is wrong it is a plain line. */
import type { Random } from '../../exchange/random';
import type { Line } from '../session/line';
import type { Message } from '../wire/frame';
import { brokerFamily } from './family/broker';
import { callbackFamily } from './family/callbacks';
import { quoteFamily } from './family/quotes';
import { reportFamily } from './family/reports';
import { requestFamily } from './family/requests';
import { sessionFamily } from './family/session';
import { upstreamFamily } from './family/upstream';
import { wireFamily } from './family/wire';
import type { FaultKind, FaultOf } from './fault';
import { IN } from './ids';
import {
  arrives,
  type Family,
  type Fate,
  type Hands,
  type Memory,
  type Passing,
  passes,
  type Scene,
  type Shared,
} from './scene';
import { Trickle } from './trickle';

/** In the order in which a request meets them; what goes out meets them the other way round. */
export const FAMILIES: readonly Family[] = [
  wireFamily,
  sessionFamily,
  upstreamFamily,
  requestFamily,
  callbackFamily,
  reportFamily,
  quoteFamily,
  brokerFamily,
];

const INCOMING = FAMILIES.flatMap(({ incoming }) => incoming ?? []);
const OUTGOING = FAMILIES.toReversed().flatMap(({ outgoing }) => outgoing ?? []);

/** The end of the connection that a line can reach. */
export interface Peer {
  readonly version: number;
  send(...messages: readonly Message[]): void;
  close(reason: string): void;
}

/** What a line asks the fault desk. */
export interface Board {
  readonly calm: boolean;
  readonly random: Random;
  readonly hands: Hands;
  readonly shared: Shared;
  on<K extends FaultKind>(kind: K, clientId: number | undefined): FaultOf<K> | undefined;
  use(kind: FaultKind, clientId: number | undefined): void;
  after(ms: number, act: () => void): void;
  /** Until the fault of that kind has ended for this client. */
  hold(kind: FaultKind, clientId: number | undefined, release: () => void): void;
}

export class FaultLine implements Line, Scene {
  clientId: number | undefined;
  answering: string | undefined;
  readonly memory: Memory = { statuses: [], muted: undefined, pacingViolations: 0, leftOut: new Set() };
  private trickle: Trickle | undefined;

  constructor(
    private readonly peer: Peer,
    private readonly board: Board,
  ) {}

  get version(): number {
    return this.peer.version;
  }

  get random(): Random {
    return this.board.random;
  }

  get hands(): Hands {
    return this.board.hands;
  }

  get shared(): Shared {
    return this.board.shared;
  }

  readonly on = <K extends FaultKind>(kind: K): FaultOf<K> | undefined => this.board.on(kind, this.clientId);

  use(kind: FaultKind): void {
    this.board.use(kind, this.clientId);
  }

  chance(share: number): boolean {
    return this.random.unit() < share;
  }

  say(...messages: readonly Message[]): void {
    this.peer.send(...messages);
  }

  close(reason: string): void {
    this.peer.close(reason);
  }

  outgoing(message: Message, deliver: (message: Message) => void): void {
    if (this.board.calm && this.memory.muted === undefined) {
      deliver(message);
      return;
    }
    if (this.on('stall')) {
      this.board.hold('stall', this.clientId, () => this.outgoing(message, deliver));
      return;
    }
    for (const passing of this.spoilt(message)) this.later(passing.afterMs, () => deliver(passing.message));
  }

  incoming(values: readonly string[], deliver: (values: readonly string[]) => void): void {
    if (values[0] === IN.startApi) this.clientId ??= Number(values[2] ?? 0);
    if (values[0] === IN.placeOrder) this.memory.muted = undefined;
    if (this.board.calm) {
      deliver(values);
      return;
    }
    if (this.on('stall')) {
      this.board.hold('stall', this.clientId, () => this.incoming(values, deliver));
      return;
    }
    this.meet(this.fateOf(values), values, deliver);
  }

  writing(bytes: Buffer, deliver: (bytes: Buffer) => void): void {
    const loris = this.board.calm ? undefined : this.on('slowLoris');
    if (loris) this.trickling(deliver).push(bytes, loris.gapMs);
    else deliver(bytes);
  }

  ended(): void {}

  /** One byte at a time, until the fault ends. */
  private trickling(deliver: (bytes: Buffer) => void): Trickle {
    if (this.trickle) return this.trickle;
    const trickle = new Trickle(deliver);
    this.trickle = trickle;
    this.board.hold('slowLoris', this.clientId, () => {
      this.trickle = undefined;
      trickle.finish();
    });
    return trickle;
  }

  private spoilt(message: Message): readonly Passing[] {
    let passing: readonly Passing[] = passes(message);
    for (const outgoing of OUTGOING) {
      passing = passing.flatMap((before) =>
        outgoing(before.message, this).map((after) => ({
          ...after,
          afterMs: before.afterMs + after.afterMs,
        })),
      );
    }
    return passing;
  }

  private fateOf(values: readonly string[]): Fate {
    let fate = arrives(values);
    for (const incoming of INCOMING) {
      if (fate === 'gone' || 'hold' in fate) return fate;
      const { afterMs } = fate;
      const next = incoming(fate.arrives, this);
      fate = next !== 'gone' && 'arrives' in next ? arrives(next.arrives, next.afterMs + afterMs) : next;
    }
    return fate;
  }

  private meet(fate: Fate, values: readonly string[], deliver: (values: readonly string[]) => void): void {
    if (fate === 'gone') return;
    if ('hold' in fate) this.board.hold(fate.hold, this.clientId, () => this.incoming(values, deliver));
    else this.later(fate.afterMs, () => this.answer(fate.arrives, deliver));
  }

  private answer(values: readonly string[], deliver: (values: readonly string[]) => void): void {
    this.answering = values[0];
    try {
      deliver(values);
    } finally {
      this.answering = undefined;
    }
  }

  private later(ms: number, act: () => void): void {
    if (ms > 0) this.board.after(ms, act);
    else act();
  }
}
