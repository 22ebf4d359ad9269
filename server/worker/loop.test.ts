/** Append, then act; and what becomes of both when the disk takes nothing more (safety 5.4, decision 15). */
import { describe, expect, it } from 'vitest';
import type { Command } from '../engine/model/command';
import type { EngineEvent } from '../engine/model/event';
import type { EngineState } from '../engine/model/state';
import type { JournalEntry } from '../engine/model/step';
import { type Desk, holdingDesk, openDesk, throughJson } from '../engine/testing/desk';
import { advised, commanded, quote, signal, TICK } from '../engine/testing/events';
import type { Clock, JournalBatch } from '../ports';
import { EngineLoop } from './loop';
import { commandReply, signalOutcome } from './outcome';
import { replay } from './recover';

const FULL = new Error('The disk refused a write (database or disk is full).');

class Bench {
  readonly written: JournalEntry[] = [];
  readonly dispatched: Command[] = [];
  readonly fatal: Error[] = [];
  readonly failed: Error[] = [];
  /** Appends that were tried, and the order of everything the loop did outside. */
  readonly log: string[] = [];
  appends = 0;
  fails: (append: number) => Error | null = () => null;
  snapshots = 0;
  takesSnapshots = true;
  ms = 0;
  readonly start: { state: EngineState; seq: number };
  readonly loop: EngineLoop;

  constructor(desk: Desk, advice: 'GO' | 'WAIT' | null = 'GO', snapshotEvery = 2_000) {
    this.start = { state: desk.state, seq: desk.journal.length };
    const clock: Clock = {
      now: () => ({ ts: desk.ts + this.ms, hostMs: desk.hostMs + this.ms }),
      after: () => () => undefined,
      sync: () => undefined,
    };
    this.loop = new EngineLoop(
      {
        journal: {
          append: (batch) => this.append(batch),
          saveSnapshot: async () => {
            if (!this.takesSnapshots) throw FULL;
            this.snapshots += 1;
          },
        },
        snapshotEvery,
        clock,
        dispatch: (command) => {
          this.log.push(command.type);
          this.dispatched.push(command);
        },
        ask: ({ proposalId }) => (advice ? advised(proposalId, advice).answer : null),
        onState: () => undefined,
        onJournalFailed: (error) => this.failed.push(error),
        onFatal: (error) => this.fatal.push(error),
      },
      this.start,
    );
  }

  /** What left for the broker, without questions and alerts. */
  get sent(): readonly Command['type'][] {
    return this.dispatched
      .map(({ type }) => type)
      .filter((type) => type !== 'SendAlert' && type !== 'RequestReport');
  }

  send(...events: readonly EngineEvent[]): Promise<readonly (readonly JournalEntry[])[]> {
    return Promise.all(events.map((event) => this.loop.submit(event)));
  }

  /** While an append is under way the rest gathers: all of these are one batch, and the second append. */
  async burst(
    ...events: readonly EngineEvent[]
  ): Promise<readonly PromiseSettledResult<readonly JournalEntry[]>[]> {
    const first = this.loop.submit(signal({ signalId: 'first', symbol: 'MES', stopPrice: null }));
    const rest = Promise.allSettled(events.map((event) => this.loop.submit(event)));
    await first;
    return rest;
  }

  private async append({ entries }: JournalBatch): Promise<void> {
    this.appends += 1;
    this.log.push('append');
    // as a disk does: not at once
    await Promise.resolve();
    const error = this.fails(this.appends);
    if (error) throw error;
    this.written.push(...entries);
  }
}

const outcomeOf = (bench: Bench, settled: PromiseSettledResult<readonly JournalEntry[]> | undefined) =>
  signalOutcome(settled?.status === 'fulfilled' ? settled.value : [], bench.loop.notOnDisk);

const halted = (bench: Bench) => bench.loop.state.modes['*'];
const order = (action: 'Flatten' | 'Halt', commandId = `press-${action}`) =>
  commanded({ kind: action, scope: '*', reason: 'out' }, commandId);

describe('the loop', () => {
  it('writes before it acts, and answers after both', async () => {
    const bench = new Bench(openDesk());
    const [entries] = await bench.send(signal());
    expect(bench.log).toEqual(['append', 'PlaceBracket']);
    expect(entries?.map(({ event }) => event.type)).toEqual(['SignalReceived', 'AdvisorAnswered']);
    expect(signalOutcome(entries ?? [], bench.loop.notOnDisk)).toMatchObject({
      result: 'accepted',
      codes: [],
    });
  });

  it('commits a burst once, in order and without gaps', async () => {
    const bench = new Bench(openDesk());
    const first = bench.start.seq;
    await bench.burst(
      ...Array.from({ length: 50 }, (_, n) => signal({ signalId: `b-${n}`, stopPrice: null })),
    );
    expect(bench.appends).toBe(2);
    expect(bench.written.map(({ seq }) => seq)).toEqual(Array.from({ length: 51 }, (_, n) => first + 1 + n));
  });

  it('does not write a price that changes nothing, and keeps it for the next entry that saw it', async () => {
    const bench = new Bench(openDesk());
    await bench.send(quote('ES', 6891));
    expect(bench.appends).toBe(0);
    await bench.send(signal({ stopPrice: null }));
    expect(bench.written[0]?.quotes).toMatchObject([{ symbol: 'ES', lastTicks: 27_564 }]);
  });

  it('that slept between a decision and its write sends nothing of it, says so to the engine, and asks the broker (L7)', async () => {
    const bench = new Bench(openDesk());
    bench.fails = (append) => {
      if (append === 1) bench.ms += 2_500;
      return null;
    };
    await bench.send(signal());
    await bench.send(TICK);
    expect(bench.sent).toEqual([]);
    expect(bench.dispatched.map(({ type }) => type)).toContain('RequestReport');
    expect(bench.written.map(({ event }) => event.type)).toEqual([
      'SignalReceived',
      'AdvisorAnswered',
      'WorkerStalled',
      'OrderNotSent',
      'OrderNotSent',
      'OrderNotSent',
    ]);
    expect(Object.values(bench.loop.state.orders).map(({ phase }) => phase)).toEqual([
      'Absent',
      'Absent',
      'Absent',
    ]);
  });

  it('is stopped by a broken invariant: nothing of that batch is written or sent, whoever waits is told', async () => {
    const bench = new Bench(openDesk());
    const broken = { type: 'BrokerReported', report: null } as unknown as EngineEvent;
    const answers = await bench.burst(signal(), broken);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect([bench.appends, bench.dispatched.length, bench.fatal.length]).toEqual([1, 0, 1]);
    await expect(bench.loop.submit(TICK)).rejects.toThrow('The worker is stopping.');
  });

  it('stores a snapshot after so many entries', async () => {
    const bench = new Bench(openDesk(), 'GO', 2);
    await bench.send(signal({ stopPrice: null }));
    expect([bench.loop.seq - bench.start.seq, bench.snapshots]).toEqual([1, 0]);
    await bench.send(signal({ signalId: 'another', stopPrice: null }));
    expect([bench.loop.seq - bench.start.seq, bench.snapshots]).toEqual([2, 1]);
  });

  it('stores a snapshot when it stops', async () => {
    const bench = new Bench(openDesk());
    await bench.send(signal({ stopPrice: null }));
    await bench.loop.stop();
    expect(bench.snapshots).toBe(1);
  });
});

describe('a journal that cannot be written', () => {
  /** A disk that is full from its n-th append on. */
  function full(desk: Desk, from = 1): Bench {
    const bench = new Bench(desk);
    bench.fails = (append) => (append >= from ? FULL : null);
    return bench;
  }

  it('sends no entry, tells the engine so, halts entries with the reason, and alerts', async () => {
    const bench = full(openDesk());
    const [entries = []] = await bench.send(signal());
    expect(bench.sent).toEqual([]);
    expect(signalOutcome(entries, bench.loop.notOnDisk)).toMatchObject({
      result: 'refused',
      codes: ['JOURNAL_FAILED'],
      detail: expect.stringContaining('NOT ON DISK: The disk refused a write'),
    });
    expect(Object.values(bench.loop.state.orders).map(({ phase }) => phase)).toEqual([
      'Absent',
      'Absent',
      'Absent',
    ]);
    expect(bench.loop.state.journal).toEqual({ phase: 'failed', why: FULL.message });
    expect(halted(bench)).toMatchObject({
      mode: 'Reducing',
      by: 'engine',
      why: expect.stringMatching(/^Journal/),
    });
    expect(bench.dispatched).toContainEqual(
      expect.objectContaining({ type: 'SendAlert', severity: 'critical' }),
    );
    expect([bench.failed, bench.fatal]).toEqual([[FULL], []]);
  });

  it('is tried once and never again, and the worker goes on', async () => {
    const bench = full(openDesk());
    await bench.send(signal());
    await bench.send(TICK, quote('ES', 6891));
    const [entries = []] = await bench.send(signal({ signalId: 's-2', strategy: 'other' }));
    expect(bench.appends).toBe(1);
    expect(entries[0]?.facts).toContainEqual(
      expect.objectContaining({ type: 'EntryDenied', reasons: ['ENTRIES_HALTED', 'JOURNAL_FAILED'] }),
    );
    await bench.loop.stop();
    expect(bench.snapshots).toBe(0);
  });

  it('lets an exit out of the very batch that failed, beside an entry that stays', async () => {
    const bench = full(holdingDesk(), 2);
    const exit = signal({ signalId: 'x-1', action: 'EXIT', stopPrice: null, targetPrice: null });
    const [entered, exited] = await bench.burst(signal({ signalId: 's-2', symbol: 'MES' }), exit);
    expect(bench.appends).toBe(2);
    expect(bench.sent).toEqual(['PlaceOrder']);
    expect(outcomeOf(bench, entered)).toMatchObject({ result: 'refused', codes: ['JOURNAL_FAILED'] });
    expect(outcomeOf(bench, exited)).toMatchObject({
      result: 'accepted',
      detail: expect.stringContaining('NOT ON DISK'),
    });
  });

  it('lets a flatten work from memory until the broker confirms it, and answers the operator with the truth', async () => {
    const desk = holdingDesk();
    const bench = full(desk);
    await bench.send(TICK, signal({ signalId: 's-9', stopPrice: null }));
    const [entries = []] = await bench.send(order('Flatten'));
    expect(commandReply(entries, bench.loop.notOnDisk)).toEqual({
      result: 'accepted',
      seq: expect.any(Number),
      notOnDisk: FULL.message,
    });
    for (let answered = 0; answered < bench.dispatched.length; answered += 1) {
      const command = bench.dispatched[answered];
      if (!command || command.type === 'SendAlert' || command.type === 'AskAdvisor') continue;
      await bench.send(...desk.broker.answer(command));
      bench.ms += 250;
      await bench.send(TICK);
    }
    expect(desk.broker.position('ES')).toBe(0);
    expect(bench.loop.state.flatten).toMatchObject({ phase: 'flat' });
    expect(bench.appends).toBe(1);
  });

  it('takes the entries that rest at the broker away', async () => {
    const desk = openDesk().signal();
    const bench = full(desk);
    await bench.send(order('Halt'));
    expect(bench.sent).toEqual(['CancelOrder']);
    const quiet = full(openDesk().signal());
    await quiet.send(signal({ signalId: 's-9', stopPrice: null }));
    expect(quiet.sent).toEqual(['CancelOrder']);
  });

  it('that fails in the middle of a day leaves on disk what was answered as written, and no entry beyond it', async () => {
    const desk = openDesk();
    const bench = full(desk, 3);
    const events: EngineEvent[] = [
      signal({ symbol: 'MES' }),
      signal({ signalId: 's-2', stopPrice: null }),
      signal({ signalId: 's-3', strategy: 'other' }),
      signal({ signalId: 's-4', strategy: 'another' }),
    ];
    for (const event of events) await bench.send(event);
    const onDisk = new Set(
      bench.written.flatMap(({ commands }) => commands.map((command) => JSON.stringify(command))),
    );
    const entries = bench.dispatched.filter(({ type }) => type === 'PlaceBracket');
    expect(entries).toHaveLength(1);
    expect(entries.every((command) => onDisk.has(JSON.stringify(command)))).toBe(true);
    const recovered = replay({
      snapshot: { seq: bench.start.seq, state: throughJson(bench.start.state) },
      entries: throughJson(bench.written),
      lastSeq: bench.written.at(-1)?.seq ?? 0,
    });
    expect(recovered.divergedSeqs).toEqual([]);
    expect(Object.values(recovered.state.orders)).toHaveLength(3);
  });

  it('in a burst holds every entry of it back, and hears the halt behind them', async () => {
    const bench = full(openDesk(), 2);
    await bench.burst(signal(), signal({ signalId: 's-2', symbol: 'MES' }), order('Halt'), TICK);
    expect(bench.appends).toBe(2);
    expect(bench.sent.filter((type) => type === 'PlaceBracket' || type === 'PlaceOrder')).toEqual([]);
    expect(halted(bench)?.mode).toBe('Halted');
    await bench.send({ type: 'BrokerReported', report: openDesk().broker.report(99) }, TICK);
    expect(Object.values(bench.loop.state.orders).filter(({ phase }) => phase === 'Working')).toEqual([]);
  });

  it('that takes no snapshot is a journal that failed', async () => {
    const bench = new Bench(openDesk());
    bench.takesSnapshots = false;
    await bench.send(
      ...Array.from({ length: 2_001 }, (_, n) => signal({ signalId: `f-${n}`, stopPrice: null })),
    );
    await bench.send(TICK);
    expect(bench.loop.state.journal.phase).toBe('failed');
    expect(bench.failed).toEqual([FULL]);
  });
});
