/**
 * The worker as it is started, in virtual time: the real loop, recovery, dispatch, advisor door and IB adapter, put together as
 * `server/worker/main.ts` does. Killed and started again, it has nothing but its disk.
 */
import { createIbBroker } from '../adapters/ib/broker';
import type { IbClient } from '../adapters/ib/options';
import type { Alert, Command } from '../engine/model/command';
import type { EngineEvent } from '../engine/model/event';
import type { Limits } from '../engine/model/limits';
import type { EngineState } from '../engine/model/state';
import type { JournalEntry } from '../engine/model/step';
import { orderIdsTaken } from '../engine/order/identity';
import type { Advisor, Lease } from '../ports';
import { askWith } from '../worker/ask';
import { dispatchTo } from '../worker/dispatch';
import { heartbeat } from '../worker/heartbeat';
import { EngineLoop } from '../worker/loop';
import { replay } from '../worker/recover';
import { untoldAlerts } from '../worker/untold';
import type { SimClient } from './broker/client';
import type { CrashPoint, Disk } from './disk';
import { SimProcess } from './process';
import type { Schedule } from './schedule';

const TICK_MS = 250;
const RENEW_MS = 1_000;
const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface WorkerParts {
  schedule: Schedule;
  disk: Disk;
  advisor: Advisor;
  limits: Partial<Limits>;
  /** Journal entries from one snapshot to the next. */
  snapshotEvery: number;
  clientId: number;
  symbols: readonly string[];
  newClient(clientId: number, process: SimProcess): SimClient;
  chance(): number;
  /** Every step that was journaled, with the state after its batch. */
  stepped(state: EngineState, entries: readonly JournalEntry[]): void;
  /** A command is about to leave the worker. */
  commanded(command: Command): void;
  /** A person was told. */
  told(alert: Alert): void;
  /** An order, a change or a cancel was written to the socket. */
  wrote(): void;
  /** It gave a sign of life to who watches it. */
  beat(): void;
  diverged(seqs: readonly number[]): void;
  fatal(error: Error): void;
  /** It stopped because another worker may trade by now. */
  leaseLost(): void;
}

export class SimWorker {
  readonly process: SimProcess;
  private loop: EngineLoop | null = null;
  /** It began from a snapshot and the tail of the journal. */
  fromSnapshot = false;
  private client: SimClient | null = null;
  private armed: CrashPoint | null = null;
  private onCrash: () => void = () => undefined;

  constructor(private readonly parts: WorkerParts) {
    this.process = new SimProcess(parts.schedule);
  }

  get state(): EngineState | null {
    return this.loop?.state ?? null;
  }

  get alive(): boolean {
    return this.process.alive;
  }

  async start(): Promise<void> {
    const { parts, process } = this;
    const lease = parts.disk.lease.of(process);
    await lease.acquire('DU1234567');
    const journal = parts.disk.mount(process, (point) => this.passes(point));
    const found = await journal.recover();
    this.fromSnapshot = found.snapshot !== null;
    const recovered = replay(found);
    for (const alert of untoldAlerts(found.entries)) parts.told(alert);
    if (recovered.divergedSeqs.length > 0) parts.diverged(recovered.divergedSeqs);
    const broker = createIbBroker({
      host: '127.0.0.1',
      port: 4002,
      clientId: parts.clientId,
      lastOrderId: orderIdsTaken(recovered.state, process.clock.now().hostMs),
      symbols: parts.symbols,
      clock: process.clock,
      armedLiveAccount: null,
      instruments: Object.values(recovered.state.instruments),
      heartbeatMs: 1_000,
      silenceMs: 2_000,
      quoteMs: 250,
      questionMs: 20,
      answerMs: 2_000,
      backoffMostMs: 2_000,
      log: quiet,
      chance: () => parts.chance(),
      newClient: () => {
        this.client = parts.newClient(parts.clientId, process);
        this.client.wrote = () => this.wrote();
        return this.client as unknown as IbClient;
      },
    });
    const dispatch = dispatchTo({
      broker,
      notifier: { notify: (alert) => parts.told(alert) },
      lease,
      journalFailed: () => this.loop?.state.journal.phase === 'failed',
      onLeaseLost: () => this.stop(),
    });
    const turned = heartbeat(process.clock, parts.beat);
    const loop = new EngineLoop(
      {
        journal,
        snapshotEvery: parts.snapshotEvery,
        clock: process.clock,
        dispatch: (command) => {
          if (!this.passes('send.before')) return;
          parts.commanded(command);
          dispatch(command);
          this.passes('send.after');
        },
        ask: askWith(parts.advisor, (event) => this.submit(event)),
        onState: (state, entries) => {
          if (!process.alive) return;
          turned();
          parts.stepped(state, entries);
        },
        onJournalFailed: () => undefined,
        onFatal: (error) => {
          if (process.alive) parts.fatal(error);
        },
      },
      recovered,
    );
    this.loop = loop;
    const { replayedEntries } = recovered;
    await loop.submit({ type: 'WorkerStarted', version: 'sim', replayedEntries });
    await loop.submit({ type: 'LimitsChanged', limits: parts.limits, by: 'settings', why: 'Simulation.' });
    broker.start((event) => this.submit(event));
    this.tick();
    this.renew(lease);
  }

  /** Something of the outside, for the loop; nothing happens when the process is gone. */
  submit(event: EngineEvent): void {
    this.process.enter(() => this.loop?.post(event));
  }

  /** The process dies at the next such moment. */
  armCrash(point: CrashPoint, onCrash: () => void): void {
    this.armed = point;
    this.onCrash = onCrash;
  }

  disarmCrash(): void {
    this.armed = null;
  }

  /** SIGKILL: what it wrote to the socket still leaves; nothing else of it happens. */
  kill(): void {
    if (!this.process.alive) return;
    this.process.kill();
    this.client?.die();
  }

  private passes(point: CrashPoint): boolean {
    if (!this.process.alive) return false;
    if (this.armed !== point) return true;
    this.armed = null;
    this.kill();
    this.onCrash();
    return false;
  }

  /** Between the sends of one command too it may die. */
  private wrote(): void {
    if (!this.process.alive) return;
    this.parts.wrote();
    this.passes('send.mid');
  }

  /** It ends itself: nothing of it reaches the broker any more. */
  private stop(): void {
    this.kill();
    this.parts.leaseLost();
  }

  private renew(lease: Lease): void {
    this.process.after(RENEW_MS, () => {
      lease.renew().then(
        () => this.renew(lease),
        () => this.stop(),
      );
    });
  }

  private tick(): void {
    this.process.after(TICK_MS, () => {
      this.submit({ type: 'ClockTicked' });
      this.tick();
    });
  }
}
