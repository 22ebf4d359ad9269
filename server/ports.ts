/** What the worker needs from outside. Adapters implement these; the simulator implements them too. */
import type { AdvisorAnswer, AdvisorRequest } from './engine/model/advisory';
import type { Alert, BrokerCommand } from './engine/model/command';
import type { BrokerEvent } from './engine/model/event';
import type { Bar } from './engine/model/instrument';
import type { CycleRow } from './engine/model/rows';
import type { EngineState } from './engine/model/state';
import type { JournalEntry } from './engine/model/step';

/** Gives up a wait; harmless when it is over. */
export type Cancel = () => void;

/** Exchange time and host time, ms since the epoch. `ts` never runs backwards. */
export interface Clock {
  now(): { ts: number; hostMs: number };
  /** Runs it once, `ms` of host time from now: whoever waits asks the clock, so that a simulation can own all time. */
  after(ms: number, run: () => void): Cancel;
  /** The broker told its time (exchange time, whole seconds, ms), so long after it was asked: a tape's clock follows it, a wall clock only notes the skew. */
  sync(exchangeMs: number, roundTripMs: number): void;
}

/** The venue behind one account. It keeps the connection alive by itself and reports every change as an event. */
export interface Broker {
  start(emit: (event: BrokerEvent) => void): void;
  /** Never throws and never queues for later: what cannot be sent now comes back as `OrderNotSent`. */
  send(command: BrokerCommand): void;
  /** Host time of the last sign of life, and its round trip in ms. */
  heartbeat(): { atHostMs: number; roundTripMs: number } | null;
  stop(): Promise<void>;
}

export interface JournalBatch {
  entries: readonly JournalEntry[];
  /** Projections of the state after the batch, written in the same transaction. */
  cycles: readonly CycleRow[];
  bars: readonly { symbol: string; bar: Bar }[];
}

export interface Recovered {
  /** Latest snapshot, or null on an empty journal. */
  snapshot: { seq: number; state: EngineState } | null;
  /** Entries after the snapshot, in order, without gaps. */
  entries: readonly JournalEntry[];
  lastSeq: number;
}

/** Append-only. `append` resolves when the batch is on disk. */
export interface Journal {
  recover(): Promise<Recovered>;
  append(batch: JournalBatch): Promise<void>;
  saveSnapshot(seq: number, state: EngineState): Promise<void>;
  close(): Promise<void>;
}

/** Exactly one worker may trade an account (I18). */
export interface Lease {
  /** @throws when another living worker holds it; the message names that worker and what to do. */
  acquire(account: string): Promise<void>;
  renew(): Promise<void>;
  /** Is it certain that no other worker trades now? False when so long passed without a renewal that another may have taken over. */
  holds(): boolean;
  /** Nothing says that another worker has it. Less than `holds`: it may not have been renewed for long, as on a disk that takes nothing. */
  mayHold(): boolean;
  release(): Promise<void>;
}

/** A local advisor may answer at once; a remote one later. No answer within the deadline is a WAIT. */
export interface Advisor {
  readonly name: string;
  ask(request: AdvisorRequest): AdvisorAnswer | Promise<AdvisorAnswer>;
}

export interface Notifier {
  notify(alert: Alert): void;
}

/** What became of a signal, for its sender. */
export interface SignalOutcome {
  /** `refused`: no order will come of it. `waiting`: it needs the advisor or a person. */
  result: 'accepted' | 'waiting' | 'refused';
  codes: readonly string[];
  cycleId: string | null;
  detail: string;
  seq: number;
}
