/** Where a simulated hour happens: exchange, gateway, line, worker, people and their misfortunes, on one schedule, watched. */
import type { Alert, Command } from '../engine/model/command';
import { DEFAULT_LIMITS, type Limits } from '../engine/model/limits';
import type { OperatorAction } from '../engine/model/operator';
import type { Signal } from '../engine/model/signal';
import type { EngineState } from '../engine/model/state';
import type { JournalEntry } from '../engine/model/step';
import { Exchange } from '../exchange/exchange';
import { type Random, seededRandom } from '../exchange/random';
import { DeadMan, type Page } from '../stack/dead-man';
import { perform } from './act/perform';
import type { Act, Plan } from './act/plan';
import type { Stage } from './act/stage';
import { ScriptedAdvisor } from './advisor';
import { SimClient } from './broker/client';
import { SimGateway } from './broker/gateway';
import { Disk } from './disk';
import { LIMITS } from './limits';
import { type SimMarket, simMarket } from './market';
import type { SimProcess } from './process';
import { Schedule } from './schedule';
import { tell } from './tell';
import { Truth } from './truth';
import { SimWorker } from './worker';

export interface Watcher {
  /** After every event of the world, when nothing is under way. */
  always?(world: World): void;
  stepped?(world: World, entries: readonly JournalEntry[]): void;
  commanded?(world: World, command: Command): void;
  /** A person was told, by whichever worker. */
  told?(world: World, alert: Alert, by: Pick<SimWorker, 'state'>): void;
  /** A person was told of the worker by who watches it from outside. */
  paged?(world: World, page: Page): void;
  /** A worker wrote an order, a change or a cancel to its socket. */
  wrote?(world: World, by: SimProcess): void;
  /** Everything has been healed and flattened. */
  atRest?(world: World): void;
}

export interface Violation {
  invariant: string;
  text: string;
  atMs: number;
}

const WORKER_CLIENT = 7;
/** Another worker may take over a lease that was not renewed for so long. */
const LEASE_GONE_MS = 5_500;
/** Entries from one snapshot to the next: in an hour so short none would ever be taken at the pace of a real worker. */
const SNAPSHOTS_EVERY = [1, 7, 25, 60, 2_000, 2_000];

export class World implements Stage {
  readonly schedule: Schedule;
  readonly random: Random;
  readonly truth = new Truth();
  readonly disk = new Disk();
  readonly advisor: ScriptedAdvisor;
  readonly gateway: SimGateway;
  readonly exchange: Exchange;
  market!: SimMarket;
  worker: SimWorker;
  /** State after the last commit; null while no worker is up. */
  state: EngineState | null = null;
  violation: Violation | null = null;
  readonly counts = new Map<string, number>();
  readonly limits: Limits = { ...DEFAULT_LIMITS, ...LIMITS };
  clientId = WORKER_CLIENT;
  lastSignal: Signal | null = null;
  /** When each command was pressed, ms from the start. */
  readonly clicked = new Map<string, number>();
  healed = false;
  /** The worker is gone for good: a broken invariant, or a disk that takes nothing. */
  fatal: Error | null = null;
  /** Watches the worker from outside, as the stack does. */
  private readonly deadMan = new DeadMan('The worker');
  private ids = 0;
  private readonly snapshotEvery: number;

  constructor(
    readonly plan: Plan,
    readonly watchers: readonly Watcher[],
    readonly trace: ((line: string) => void) | null = null,
  ) {
    const { seed, setting } = plan;
    this.random = seededRandom(seed ^ 0x7f4a7c15);
    // a generator of its own: what the hour draws besides stays as it is
    this.snapshotEvery = SNAPSHOTS_EVERY[seededRandom(seed ^ 0x51ab5407).below(SNAPSHOTS_EVERY.length)] ?? 1;
    this.schedule = new Schedule(setting.startTs, this.random, setting.shuffle);
    this.advisor = new ScriptedAdvisor((ms, run) => this.schedule.after(ms, run));
    this.exchange = new Exchange({
      seed,
      startTs: setting.startTs,
      startingCash: 10_000_000,
      market: simMarket(setting.mood, (market) => {
        this.market = market;
      }),
      latencyMs: setting.exchangeMs,
      childActivation: setting.childActivation,
      fillReporting: setting.fillReporting,
    });
    const { schedule, random, truth } = this;
    this.gateway = new SimGateway(this.exchange, setting, {
      schedule,
      random,
      truth,
      count: this.count,
    });
    this.disk.slowMs = setting.diskMs;
    this.worker = this.newWorker();
  }

  get ms(): number {
    return this.schedule.now - this.plan.setting.startTs;
  }

  /** Something interesting was reached. */
  readonly count = (name: string): void => {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    this.trace?.(`  ~ ${name}`);
  };

  violate(invariant: string, text: string): void {
    this.violation ??= { invariant, text, atMs: this.ms };
  }

  /** The first worker comes up. */
  async start(): Promise<void> {
    // from here on in the microtask queue, where `drained` comes after all the others
    await null;
    this.startWorker();
    await drained();
  }

  /**
   * Lets happen what happens until `ms` from the start, or until something is violated.
   * @param enough asked after every event: true ends it there
   */
  async passUntil(ms: number, enough: () => boolean = () => false): Promise<void> {
    // what was begun between two spans happens first, also where nothing else is due
    await drained();
    const untilTs = this.plan.setting.startTs + ms;
    while (!this.violation && this.schedule.step(untilTs)) {
      await drained();
      this.page(this.deadMan.looks(this.schedule.now));
      for (const watcher of this.watchers) watcher.always?.(this);
      if (enough()) return;
    }
    this.schedule.now = Math.max(this.schedule.now, untilTs);
  }

  private page(page: Page | null): void {
    if (page === null) return;
    this.trace?.(`  ! ${page.text}`);
    for (const watcher of this.watchers) watcher.paged?.(this, page);
  }

  perform(act: Act): void {
    this.trace?.(`--- ${JSON.stringify(act)}`);
    perform(this, act);
  }

  heal(): void {
    this.trace?.('--- healed');
    this.healed = true;
    this.gateway.heal();
    this.disk.failing = null;
    this.worker.process.continue();
    this.worker.disarmCrash();
    if (!this.worker.alive) this.restart(this.clientId);
  }

  nextId(): number {
    this.ids += 1;
    return this.ids;
  }

  /** An operator presses something. */
  click(action: OperatorAction, twice = false, operator = 'ana'): string {
    const command = { commandId: `click-${this.nextId()}`, operator, via: 'console', action };
    this.clicked.set(command.commandId, this.ms);
    for (let n = twice ? 2 : 1; n > 0; n--) this.worker.submit({ type: 'OperatorCommanded', command });
    return command.commandId;
  }

  crash(downMs: number, clientId: number, restore: number): void {
    this.state = null;
    this.count('crash');
    if (restore > 0) {
      this.disk.restore(restore);
      this.count('restored');
    }
    this.schedule.after(downMs, () => {
      if (!this.worker.alive) this.restart(clientId);
    });
  }

  takeOver(sleepMs: number, clientId: number): void {
    const { worker } = this;
    if (!worker.process.awake) return;
    worker.process.stop();
    const { sleeps } = worker.process;
    this.schedule.after(LEASE_GONE_MS, () => {
      // who woke in between and sleeps again has renewed its lease: the other is refused, and gives up
      const sleepsOn = !worker.process.awake && worker.process.sleeps === sleeps;
      if (worker !== this.worker || !sleepsOn) return;
      this.count('twoWorkers');
      const { clientId: before } = this;
      this.state = null;
      this.restart(clientId, () => {
        // it woke at the last moment and has renewed its lease: it is the one that trades (seed 1504948687)
        this.worker = worker;
        this.clientId = before;
        this.state = worker.state;
      });
    });
    this.schedule.after(sleepMs, () => worker.process.continue());
  }

  private ended(worker: SimWorker): void {
    worker.kill();
    if (worker === this.worker) this.crash(1_000, this.clientId, 0);
  }

  /** @param refused what is done when a living worker holds the lease; by default another is started a second later. */
  restart(clientId: number, refused?: () => void): void {
    this.clientId = clientId;
    this.worker = this.newWorker();
    if (this.truth.symbols().some((symbol) => this.truth.position(symbol) !== 0))
      this.count('restartInPosition');
    this.startWorker(refused);
  }

  /** The stack starts it again for as long as it refuses to start (another living worker holds the lease). */
  private startWorker(refused?: () => void): void {
    const { worker } = this;
    worker.start().catch(() => {
      this.count('leaseRefused');
      worker.kill();
      if (refused) return refused();
      this.schedule.after(1_000, () => {
        if (!this.worker.alive) this.restart(this.clientId);
      });
    });
  }

  private newWorker(): SimWorker {
    const { schedule, disk, advisor, random, gateway } = this;
    const { lineMs } = this.plan.setting;
    const settings = { leastMs: lineMs[0], mostMs: lineMs[1] };
    const worker: SimWorker = new SimWorker({
      schedule,
      disk,
      advisor,
      limits: LIMITS,
      snapshotEvery: this.snapshotEvery,
      clientId: this.clientId,
      symbols: ['ES', 'MES'],
      newClient: (clientId: number, process: SimProcess) =>
        new SimClient(clientId, { schedule, random, gateway, process, settings }),
      chance: () => random.unit(),
      stepped: (state, entries) => {
        if (worker !== this.worker) return;
        this.state = state;
        for (const line of this.trace ? entries.flatMap((entry) => tell(entry, this.ms)) : [])
          this.trace?.(line);
        for (const watcher of this.watchers) watcher.stepped?.(this, entries);
      },
      commanded: (command) => {
        if (worker !== this.worker) return;
        for (const watcher of this.watchers) watcher.commanded?.(this, command);
      },
      told: (alert) => {
        for (const watcher of this.watchers) watcher.told?.(this, alert, worker);
      },
      beat: () => {
        if (worker === this.worker) this.page(this.deadMan.hears(this.schedule.now));
      },
      diverged: (seqs) =>
        this.violate('I17', `Replaying the journal concluded otherwise at ${seqs.join(', ')}.`),
      wrote: () => {
        for (const watcher of this.watchers) watcher.wrote?.(this, worker.process);
      },
      leaseLost: () => {
        this.count('leaseLost');
        if (worker === this.worker) this.crash(1_000, this.clientId, 0);
      },
      fatal: (error) => {
        // it was superseded, or its disk takes nothing: it ends, and the stack starts another
        if (worker !== this.worker || this.disk.failing !== null) return this.ended(worker);
        this.fatal = error;
        this.violate('fatal', error.stack ?? error.message);
      },
    });
    return worker;
  }
}

/** All that follows at once from what happened has happened: the loop's commits, the adapter's answers. */
function drained(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
