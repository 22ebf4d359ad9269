/**
 * The fault desk: what is wrong with this gateway just now, what is to go wrong later, and the lines that ask. All chance comes from the
 * gateway's seed; times are wall time, as a wire's are, or the market's where a plan says so.
 */
import { type Random, seededRandom } from '../../exchange/random';
import type { ExchangeEvent } from '../../exchange/words';
import type { Agenda } from '../agenda';
import { pageOf } from './family/reports';
import { type Fault, type FaultKind, type FaultOf, MOMENTARY } from './fault';
import { type Board, FAMILIES, FaultLine, type Peer } from './line';
import type { Hands, Shared } from './scene';
import type { FaultClock, TimedFault } from './spell';

/** A fault that is on. */
export interface Standing {
  readonly id: number;
  readonly fault: Fault;
  /** Until it ends by itself, ms of its clock; undefined when it has to be lifted. */
  readonly leftMs: number | undefined;
  readonly clock: FaultClock;
  /** What it keeps back until it ends: messages, or the bytes of a slow connection. */
  readonly held: number;
}

interface Active {
  readonly id: number;
  readonly fault: Fault;
  readonly clock: FaultClock;
  /** By its clock, epoch ms. */
  readonly endsAt: number | undefined;
  readonly held: (() => void)[];
}

/** Sets the draws of faults apart from those of the market, which has the same seed. */
const SALT = 0x0fa_0170;

export class FaultDesk implements Board {
  readonly random: Random;
  readonly shared: Shared = { positions: [], corrections: new Map() };
  private readonly active = new Map<number, Active>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private lastId = 0;
  private begun = false;

  constructor(
    seed: number,
    readonly hands: Hands,
    private readonly agenda: Agenda,
    /** What is to go wrong by itself: from the start (`at` 0), or so long after the first client was ready. */
    private readonly plan: readonly TimedFault[] = [],
  ) {
    this.random = seededRandom(seed ^ SALT);
  }

  /** Nothing is wrong, and nothing was: every line is a plain one. */
  get calm(): boolean {
    return this.active.size === 0 && this.shared.corrections.size === 0;
  }

  lineFor(peer: Peer): FaultLine {
    return new FaultLine(peer, this);
  }

  /** The gateway listens: what is wrong from the start begins, and what has a time of the market waits for it. */
  open(): void {
    for (const timed of this.plan) if (isFromStart(timed)) this.schedule(timed);
  }

  /** The first client is ready: the times of the plan count from now. A second call changes nothing. */
  begin(): void {
    if (this.begun) return;
    this.begun = true;
    for (const timed of this.plan) if (!isFromStart(timed)) this.later(timed);
  }

  /** `at` counts from now. */
  schedule(timed: TimedFault): void {
    this.hands.catchUp();
    if (timed.at === 0 && timed.atTs === undefined) this.putTimed(timed);
    else this.later(timed);
  }

  /** @returns its id, undefined for what happens once */
  put(fault: Fault, forMs?: number, clock: FaultClock = 'wall'): number | undefined {
    if (MOMENTARY.has(fault.kind)) {
      this.begins(fault);
      return undefined;
    }
    this.lastId += 1;
    const id = this.lastId;
    const endsAt = forMs === undefined ? undefined : this.now(clock) + forMs;
    this.active.set(id, { id, fault, clock, endsAt, held: [] });
    this.begins(fault);
    if (forMs !== undefined) this.in(forMs, clock, () => this.lift(id));
    return id;
  }

  /** @returns false when no fault of that id is on */
  lift(id: number): boolean {
    const ended = this.active.get(id);
    if (!ended) return false;
    this.active.delete(id);
    for (const { ends } of FAMILIES) ends?.(ended.fault, this.hands, this);
    for (const release of ended.held) release();
    return true;
  }

  liftAll(): void {
    for (const id of [...this.active.keys()]) this.lift(id);
  }

  standing(): Standing[] {
    return [...this.active.values()].map(({ id, fault, clock, endsAt, held }) => {
      const leftMs = endsAt === undefined ? undefined : Math.max(0, endsAt - this.now(clock));
      return { id, fault, clock, leftMs, held: held.length };
    });
  }

  /** What the exchange just said, for faults that tell it later. */
  note(events: readonly ExchangeEvent[]): void {
    if (this.shared.positions.length === 0) return;
    if (events.some(({ kind }) => kind === 'position')) this.shared.positions.push(pageOf(this.hands));
  }

  on<K extends FaultKind>(kind: K, clientId: number | undefined): FaultOf<K> | undefined {
    return this.find(kind, clientId)?.fault as FaultOf<K> | undefined;
  }

  use(kind: FaultKind, clientId: number | undefined): void {
    const used = this.find(kind, clientId);
    if (used) this.lift(used.id);
  }

  hold(kind: FaultKind, clientId: number | undefined, release: () => void): void {
    this.find(kind, clientId)?.held.push(release);
  }

  after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, ms);
    this.timers.add(timer);
  }

  /** Nothing more happens by itself. */
  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.agenda.clear();
    this.active.clear();
  }

  private putTimed({ fault, forMs, clock }: TimedFault): void {
    this.put(fault, forMs, clock);
  }

  private later(timed: TimedFault): void {
    const { at, atTs, clock = 'wall' } = timed;
    if (atTs === undefined) this.in(at, clock, () => this.putTimed(timed));
    else this.agenda.at(atTs, () => this.putTimed(timed));
  }

  private in(ms: number, clock: FaultClock, act: () => void): void {
    if (clock === 'wall') this.after(ms, act);
    else this.agenda.at(this.now(clock) + ms, act);
  }

  private now(clock: FaultClock): number {
    return clock === 'wall' ? Date.now() : this.hands.exchange.now;
  }

  private begins(fault: Fault): void {
    for (const { begins } of FAMILIES) begins?.(fault, this.hands, this);
  }

  private find(kind: FaultKind, clientId: number | undefined): Active | undefined {
    for (const active of this.active.values()) {
      const { fault } = active;
      if (fault.kind === kind && (fault.client === undefined || fault.client === clientId)) return active;
    }
    return undefined;
  }
}

function isFromStart({ at, atTs, fault }: TimedFault): boolean {
  return atTs !== undefined || (at === 0 && !MOMENTARY.has(fault.kind));
}
