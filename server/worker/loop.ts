/**
 * The loop: take what arrived, stamp it, step, journal, and only then act. It drains its inbox, so a burst costs one commit.
 * A question to an advisor that answers at once joins the same commit: asking moves nothing at the broker.
 *
 * A journal that cannot be written takes nothing more, and is not tried again: what a failed write left on disk only recovery may read. The
 * loop then goes on in memory. What would open a position does not leave, and the engine hears that it was not sent; what reduces risk leaves.
 */

import { unsentEvents } from '../adapters/ib/unsent';
import { advisorRequest } from '../engine/advisory/request';
import type { AdvisorAnswer, AdvisorRequest } from '../engine/model/advisory';
import { type Command, isBrokerCommand, reducesRisk } from '../engine/model/command';
import type { EngineEvent } from '../engine/model/event';
import type { EngineState } from '../engine/model/state';
import type { JournalEntry } from '../engine/model/step';
import { step } from '../engine/step';
import type { Clock, Journal } from '../ports';
import { batchOf } from './batch';

export interface LoopParts {
  journal: Pick<Journal, 'append' | 'saveSnapshot'>;
  /** A snapshot after so many entries, and when it stops; 2,000 by default. */
  snapshotEvery?: number;
  clock: Clock;
  /** Carries out what is on disk, or what only reduces risk. Never throws. */
  dispatch(command: Exclude<Command, { type: 'AskAdvisor' }>): void;
  /** Answers at once, or returns null and submits the answer later. */
  ask(request: AdvisorRequest): AdvisorAnswer | null;
  /** Called after each commit, and after steps that needed none. */
  onState(state: EngineState, entries: readonly JournalEntry[]): void;
  /** From here on nothing is written. Called once. */
  onJournalFailed(error: Error): void;
  /** A broken invariant: the worker stops, the stops at the broker stay. */
  onFatal(error: Error): void;
}

interface Waiting {
  event: EngineEvent;
  resolve(entries: readonly JournalEntry[]): void;
  reject(error: Error): void;
}

/** An event of the batch, with its entry and those that followed from it at once. */
interface Stepped {
  waiting: Waiting;
  entries: JournalEntry[];
}

const SNAPSHOT_EVERY = 2_000;
/** The clock ticks four times a second: a loop that took nothing for so long stood still, ms of host time (L7). */
const STALL_MS = 2_000;

export class EngineLoop {
  #state: EngineState;
  #seq: number;
  #journaledState: EngineState;
  #snapshotSeq: number;
  #inbox: Waiting[] = [];
  #running: Promise<void> | null = null;
  #stopped = false;
  #journalFailure: Error | null = null;
  #tookHostMs: number | null = null;

  constructor(
    private readonly parts: LoopParts,
    start: { state: EngineState; seq: number },
  ) {
    this.#state = start.state;
    this.#journaledState = start.state;
    this.#seq = start.seq;
    this.#snapshotSeq = start.seq;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Seq of the last entry; once the journal has failed it counts on in memory. */
  get seq(): number {
    return this.#seq;
  }

  /** Why what is submitted now would not survive a restart; null while it is on disk before it is answered. */
  get notOnDisk(): string | null {
    return this.#journalFailure?.message ?? null;
  }

  /** Resolves once the step is on disk (see `notOnDisk`), with its entry and those that followed from it at once; empty when nothing came of it. */
  submit(event: EngineEvent): Promise<readonly JournalEntry[]> {
    return new Promise((resolve, reject) => {
      if (this.#stopped) {
        reject(new Error('The worker is stopping.'));
        return;
      }
      this.#inbox.push({ event, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  /** For events whose sender does not wait. */
  post(event: EngineEvent): void {
    this.submit(event).catch(() => undefined);
  }

  /** Finishes what is in the inbox, then stores a snapshot. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
    if (this.#seq > this.#snapshotSeq) await this.#snapshot();
  }

  async #drain(): Promise<void> {
    try {
      while (this.#inbox.length > 0) await this.#turn();
    } catch (cause) {
      this.#stopped = true;
      const error = asError(cause);
      for (const waiting of this.#inbox.splice(0)) waiting.reject(error);
      this.parts.onFatal(error);
    } finally {
      this.#running = null;
    }
  }

  async #turn(): Promise<void> {
    const batch = [...this.#stall(), ...this.#inbox.splice(0)];
    const before = this.#state;
    const entries: JournalEntry[] = [];
    const results: Stepped[] = [];
    try {
      for (const waiting of batch) {
        const own = this.#stepAll(waiting.event);
        entries.push(...own);
        results.push({ waiting, entries: own });
      }
      if (entries.length > 0 && !(await this.#write(before, entries)))
        entries.push(...this.#takeBack(results));
    } catch (cause) {
      const error = asError(cause);
      for (const waiting of batch) waiting.reject(error);
      throw error;
    }
    if (this.#standsFor() < STALL_MS) this.#dispatch(entries);
    else this.#keepBack(entries);
    for (const result of results) result.waiting.resolve(result.entries);
    this.parts.onState(this.#state, entries);
    if (this.#seq - this.#snapshotSeq >= (this.parts.snapshotEvery ?? SNAPSHOT_EVERY)) await this.#snapshot();
  }

  /** That the loop stood still is the first that it hears when it goes on. */
  #stall(): Waiting[] {
    const forMs = this.#standsFor();
    this.#tookHostMs = this.parts.clock.now().hostMs;
    return forMs < STALL_MS ? [] : [nobodyWaits({ type: 'WorkerStalled', forMs })];
  }

  /** Ms of host time since the last turn began. */
  #standsFor(): number {
    const { hostMs } = this.parts.clock.now();
    return hostMs - (this.#tookHostMs ?? hostMs);
  }

  /** It slept between the decision and its write: what was decided is old, and the engine hears that it was not sent. */
  #keepBack(entries: readonly JournalEntry[]): void {
    const why = 'The worker slept between the decision and its write.';
    const kept: EngineEvent[] = [];
    for (const command of entries.flatMap((entry) => entry.commands)) {
      if (isBrokerCommand(command)) kept.push(...unsentEvents(command, why));
      else if (command.type === 'SendAlert') this.parts.dispatch(command);
    }
    this.#inbox.unshift(...kept.map(nobodyWaits));
  }

  /** @returns whether the entries are on disk. */
  async #write(before: EngineState, entries: readonly JournalEntry[]): Promise<boolean> {
    if (this.#journalFailure !== null) return false;
    try {
      await this.parts.journal.append(batchOf(before, this.#state, entries));
      return true;
    } catch (cause) {
      this.#journalFails(asError(cause));
      return false;
    }
  }

  #journalFails(error: Error): void {
    this.#journalFailure = error;
    this.parts.onJournalFailed(error);
  }

  /** The engine hears what did not leave, then that the journal has failed, if it does not know yet. */
  #takeBack(results: readonly Stepped[]): readonly JournalEntry[] {
    const why = 'The journal cannot be written: nothing that opens a position is sent.';
    const added: JournalEntry[] = [];
    for (const result of results) {
      const own: JournalEntry[] = [];
      for (const command of result.entries.flatMap((entry) => entry.commands)) {
        if (command.type !== 'PlaceBracket') continue;
        for (const { ref } of [command.entry, command.target, command.stop]) {
          own.push(...this.#stepAll({ type: 'OrderNotSent', orderRef: ref, why }));
        }
      }
      result.entries.push(...own);
      added.push(...own);
    }
    if (this.#state.journal.phase === 'writing') {
      added.push(...this.#stepAll({ type: 'JournalFailed', why: this.notOnDisk ?? 'unknown' }));
    }
    return added;
  }

  #dispatch(entries: readonly JournalEntry[]): void {
    for (const entry of entries) {
      for (const command of entry.commands) {
        if (command.type === 'AskAdvisor') continue;
        if (this.#journalFailure === null || reducesRisk(command)) this.parts.dispatch(command);
      }
    }
  }

  /** Steps the event and, in the same batch, the answers that were there at once. */
  #stepAll(event: EngineEvent): JournalEntry[] {
    const entries: JournalEntry[] = [];
    const todo: EngineEvent[] = [event];
    for (let next = todo.shift(); next; next = todo.shift()) {
      const entry = this.#step(next);
      if (!entry) continue;
      entries.push(entry);
      for (const command of entry.commands) {
        if (command.type !== 'AskAdvisor') continue;
        const request = advisorRequest(this.#state, command.proposalId, entry.ts);
        const answer = request && this.parts.ask(request);
        if (answer) todo.push({ type: 'AdvisorAnswered', proposalId: command.proposalId, answer });
      }
    }
    return entries;
  }

  /** @returns null when the step concluded nothing and changed nothing but the latest prices. */
  #step(event: EngineEvent): JournalEntry | null {
    const { ts, hostMs } = this.parts.clock.now();
    const seq = this.#seq + 1;
    const before = this.#state;
    const { state, facts, commands } = step(before, { seq, ts, hostMs, event });
    this.#state = state;
    if (facts.length === 0 && commands.length === 0 && sameButMarket(before, state)) return null;
    const last = this.#journaledState.market.quotes;
    const quotes = Object.values(before.market.quotes).filter((quote) => last[quote.symbol] !== quote);
    this.#seq = seq;
    this.#journaledState = state;
    return { seq, ts, hostMs, event, facts, commands, quotes };
  }

  async #snapshot(): Promise<void> {
    this.#snapshotSeq = this.#seq;
    if (this.#journalFailure !== null) return;
    try {
      await this.parts.journal.saveSnapshot(this.#seq, this.#state);
    } catch (cause) {
      this.#journalFails(asError(cause));
      this.post({ type: 'JournalFailed', why: this.notOnDisk ?? 'unknown' });
    }
  }
}

function nobodyWaits(event: EngineEvent): Waiting {
  return { event, resolve: () => undefined, reject: () => undefined };
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}

function sameButMarket(before: EngineState, after: EngineState): boolean {
  if (before === after) return true;
  return (Object.keys(after) as (keyof EngineState)[]).every(
    (slice) => slice === 'market' || before[slice] === after[slice],
  );
}
