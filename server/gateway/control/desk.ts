/** A running gateway as a person at its control port sees it: how it stands, what is wrong with it, how fast its market runs. */
import { catalogue, type FaultKind } from '../fault/fault';
import { type FaultClock, FaultRefused, readFault, spell } from '../fault/spell';
import type { Gateway } from '../gateway';
import { SPEED_MAX, SPEED_MIN } from '../tempo';
import { ControlRefused } from './refused';

export interface State {
  port: number;
  exchangeTime: string;
  speed: number;
  running: boolean;
  clients: { clientId: number; version: number }[];
  /** The fault as it may be typed; how long it has left (ms of that clock), null until it is lifted. */
  faults: { id: number; fault: string; leftMs: number | null; clock: FaultClock }[];
}

const DAY_MS = 86_400_000;
/** Exchange time that may be jumped over at once, ms: a weekend and a day. */
const AHEAD_MS_MAX = 4 * DAY_MS;

export class Desk {
  constructor(private readonly gateway: Gateway) {}

  state(): State {
    const { port, exchange, tempo, clients, faults } = this.gateway;
    return {
      port,
      exchangeTime: new Date(exchange.now).toISOString(),
      speed: tempo.speed,
      running: tempo.running,
      clients: [...clients].map(({ id, version }) => ({ clientId: id, version })),
      faults: faults
        .standing()
        .map(({ id, fault, leftMs, clock }) => ({ id, fault: spell(fault), leftMs: leftMs ?? null, clock })),
    };
  }

  catalogue(): { fault: FaultKind; says: string; parameters: string[] }[] {
    return catalogue().map(({ kind, says, parameters }) => ({ fault: kind, says, parameters }));
  }

  /** One fault or a list: all of it is understood before any of it is put. */
  put(body: unknown): State {
    for (const timed of understood(Array.isArray(body) ? body : [body])) this.gateway.faults.schedule(timed);
    return this.state();
  }

  lift(id: number): State {
    if (!this.gateway.faults.lift(id))
      throw new ControlRefused(404, `No fault ${id} is on; GET /state lists those that are`);
    return this.state();
  }

  liftAll(): State {
    this.gateway.faults.liftAll();
    return this.state();
  }

  runAt(speed: number): State {
    if (!(speed >= SPEED_MIN && speed <= SPEED_MAX))
      throw new ControlRefused(
        400,
        `A speed is from ${SPEED_MIN} to ${SPEED_MAX}, not ${speed}; the speed is as it was`,
      );
    this.gateway.tempo.runAt(speed);
    return this.state();
  }

  pause(): State {
    this.gateway.tempo.pause();
    return this.state();
  }

  resume(): State {
    this.gateway.tempo.resume();
    return this.state();
  }

  step(ms: number | undefined): State {
    this.gateway.tempo.step(ms);
    return this.state();
  }

  advance(ts: number): State {
    const { exchange, tempo } = this.gateway;
    const aheadMs = ts - exchange.now;
    if (!(aheadMs > 0 && aheadMs <= AHEAD_MS_MAX)) {
      const now = new Date(exchange.now).toISOString();
      throw new ControlRefused(
        400,
        `It is ${now} at the exchange: name a time after it, at most four days ahead`,
      );
    }
    tempo.advanceTo(ts);
    return this.state();
  }
}

function understood(inputs: readonly unknown[]) {
  try {
    return inputs.map(readFault);
  } catch (error) {
    if (!(error instanceof FaultRefused)) throw error;
    throw new ControlRefused(400, `${error.message}; nothing was put`);
  }
}
