/**
 * The loop: take what arrived, stamp it, step, journal, and only then act. It drains its inbox, so a burst costs one commit.
 * A question to an advisor that answers at once joins the same commit: asking moves nothing at the broker.
 */
import { advisorRequest } from '../engine/advisory/request';
import type { AdvisorAnswer, AdvisorRequest } from '../engine/model/advisory';
import type { Command } from '../engine/model/command';
import type { EngineEvent } from '../engine/model/event';
import type { EngineState } from '../engine/model/state';
import type { JournalEntry } from '../engine/model/step';
import { step } from '../engine/step';
import { cycleRow } from '../engine/view/rows';
import type { Clock, Journal, JournalBatch } from '../ports';

export interface LoopParts {
  journal: Pick<Journal, 'append' | 'saveSnapshot'>;
  clock: Clock;
  /** Carries out what is on disk. Never throws. */
  dispatch(command: Exclude<Command, { type: 'AskAdvisor' }>): void;
  /** Answers at once, or returns null and submits the answer later. */
  ask(request: AdvisorRequest): AdvisorAnswer | null;
  /** Called after each commit, and after steps that needed none. */
  onState(state: EngineState, entries: readonly JournalEntry[]): void;
  /** A journal that cannot be written or a broken invariant: the worker stops, the stops at the broker stay. */
  onFatal(error: Error): void;
}

interface Waiting {
  event: EngineEvent;
  resolve(entries: readonly JournalEntry[]): void;
  reject(error: Error): void;
}

const SNAPSHOT_EVERY = 2_000;

export class EngineLoop {
  #state: EngineState;
  #seq: number;
  #journaledState: EngineState;
  #snapshotSeq: number;
  #inbox: Waiting[] = [];
  #running: Promise<void> | null = null;
  #stopped = false;

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

  /** Seq of the last journaled entry. */
  get seq(): number {
    return this.#seq;
  }

  /** Resolves once the step is on disk, with its entry and those that followed from it at once; empty when nothing came of it. */
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
      const error = cause instanceof Error ? cause : new Error(String(cause));
      for (const waiting of this.#inbox.splice(0)) waiting.reject(error);
      this.parts.onFatal(error);
    } finally {
      this.#running = null;
    }
  }

  async #turn(): Promise<void> {
    const batch = this.#inbox.splice(0);
    const before = this.#state;
    const entries: JournalEntry[] = [];
    const results: { waiting: Waiting; entries: readonly JournalEntry[] }[] = [];
    try {
      for (const waiting of batch) {
        const own = this.#stepAll(waiting.event);
        entries.push(...own);
        results.push({ waiting, entries: own });
      }
      if (entries.length > 0) await this.parts.journal.append(this.#batchOf(before, entries));
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      for (const waiting of batch) waiting.reject(error);
      throw error;
    }
    for (const entry of entries) {
      for (const command of entry.commands) if (command.type !== 'AskAdvisor') this.parts.dispatch(command);
    }
    for (const result of results) result.waiting.resolve(result.entries);
    this.parts.onState(this.#state, entries);
    if (this.#seq - this.#snapshotSeq >= SNAPSHOT_EVERY) await this.#snapshot();
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

  #batchOf(before: EngineState, entries: readonly JournalEntry[]): JournalBatch {
    const { cycles, instruments } = this.#state;
    const changed = Object.values(cycles).filter((cycle) => before.cycles[cycle.cycleId] !== cycle);
    return {
      entries,
      cycles: changed.map((cycle) => cycleRow(cycle, instruments[cycle.symbol])),
      bars: entries.flatMap(({ event }) => {
        if (event.type === 'BarClosed') return [{ symbol: event.symbol, bar: event.bar }];
        if (event.type === 'BarsLoaded') return event.bars.map((bar) => ({ symbol: event.symbol, bar }));
        return [];
      }),
    };
  }

  async #snapshot(): Promise<void> {
    await this.parts.journal.saveSnapshot(this.#seq, this.#state);
    this.#snapshotSeq = this.#seq;
  }
}

function sameButMarket(before: EngineState, after: EngineState): boolean {
  if (before === after) return true;
  return (Object.keys(after) as (keyof EngineState)[]).every(
    (slice) => slice === 'market' || before[slice] === after[slice],
  );
}
