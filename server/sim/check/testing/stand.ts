/** A stand-in for the world: a checker looks at it as at a real one, and the test makes happen what must never happen. */
import type { Alert, Command } from '../../../engine/model/command';
import type { EngineEvent } from '../../../engine/model/event';
import type { Fact } from '../../../engine/model/fact';
import { DEFAULT_LIMITS } from '../../../engine/model/limits';
import { type EngineState, INITIAL_STATE } from '../../../engine/model/state';
import type { JournalEntry } from '../../../engine/model/step';
import { holdingDesk } from '../../../engine/testing/desk';
import { frontContract } from '../../../exchange/contracts';
import type { Execution, OrderRecord, OrderRequest } from '../../../exchange/words';
import { Truth } from '../../truth';
import type { Watcher, World } from '../../world';
import { EngineTime } from '../engine-time';

/** A Friday morning, in the middle of a session. */
export const START_TS = Date.UTC(2025, 11, 12, 14, 45);
const ES = frontContract('ES', START_TS);

export class Stand {
  readonly truth = new Truth();
  readonly violations: string[] = [];
  readonly counts = new Map<string, number>();
  readonly limits = DEFAULT_LIMITS;
  readonly clientId = 7;
  readonly clicked = new Map<string, number>();
  readonly schedule = { now: START_TS };
  readonly plan = { seed: 16, setting: { startTs: START_TS, childActivation: 'onFill' } };
  readonly answers = {
    toldPositions: [] as { ts: number; positions: ReadonlyMap<string, number> }[],
    leftOut: new Map<number, number>(),
  };
  readonly gateway = {
    answers: this.answers,
    lostCancels: new Map<number, number>(),
    news: { quotedTs: new Map<string, number>() },
    reachable: true,
    isFair: true,
  };
  readonly process = { alive: true, awake: true };
  readonly journal: JournalEntry[] = [];
  readonly disk = {
    slowMs: 0,
    lastSeq: 0,
    written: () => this.journal,
    lease: { holder: this.process as unknown },
  };
  state: EngineState = INITIAL_STATE;
  private permId = 0;
  private executions = 0;

  constructor(private readonly watcher: Watcher) {}

  get worker() {
    return { state: this.state, process: this.process };
  }

  get ms(): number {
    return this.schedule.now - START_TS;
  }

  /** Holds one ES with its stop and target; connected and reconciled. */
  holds(): this {
    this.state = holdingDesk().state;
    return this;
  }

  count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  violate(invariant: string, text: string): void {
    this.violations.push(`${invariant}: ${text}`);
  }

  /** Time passes, with a look each 250 ms. */
  later(ms: number): this {
    for (let left = ms; left > 0; left -= 250) {
      this.schedule.now += Math.min(250, left);
      this.looks();
    }
    return this;
  }

  looks(): this {
    this.watcher.always?.(this.world);
    return this;
  }

  command(...commands: readonly Command[]): this {
    for (const command of commands) this.watcher.commanded?.(this.world, command);
    return this;
  }

  wrote(by: unknown = this.process): this {
    this.watcher.wrote?.(this.world, by as never);
    return this;
  }

  /** A person hears it. */
  tells(alert: Alert): this {
    this.watcher.told?.(this.world, alert, this);
    return this;
  }

  /** Who watches the worker from outside tells a person of it. */
  pages(silent: boolean): this {
    this.watcher.paged?.(this.world, { silent, text: '' });
    return this;
  }

  /** A step was journaled, and told. */
  steps(event: EngineEvent, { facts = [], commands = [], written = true }: Steps = {}): this {
    const seq = (this.journal.at(-1)?.seq ?? 0) + 1;
    const { now } = this.schedule;
    const entry = { seq, ts: now, hostMs: now, event, facts, commands, quotes: [] };
    if (written) this.journal.push(entry);
    this.disk.lastSeq = this.journal.at(-1)?.seq ?? 0;
    this.command(...commands);
    this.watcher.stepped?.(this.world, [entry]);
    return this;
  }

  rests(): this {
    this.watcher.atRest?.(this.world);
    return this;
  }

  order(orderRef: string, rest: Partial<OrderRecord> = {}): OrderRecord {
    this.permId += 1;
    const order = {
      clientId: 7,
      orderId: this.permId,
      permId: this.permId,
      orderRef,
      contract: ES,
      account: 'DU1',
      action: 'SELL',
      totalQuantity: 1,
      orderType: 'STP',
      status: 'PreSubmitted',
      whyHeld: 'trigger',
      filled: 0,
      remaining: 1,
      ocaGroup: '',
      parentPermId: 0,
      ...rest,
    } as OrderRecord;
    this.truth.hear([{ kind: 'openOrder', ts: this.schedule.now, order }]);
    return order;
  }

  fills(orderRef: string, side: 'BOT' | 'SLD', shares = 1, rest: Partial<Execution> = {}): this {
    this.executions += 1;
    const execution = {
      execId: `e.${this.executions}.01.01`,
      orderRef,
      permId: 900 + this.executions,
      clientId: 7,
      contract: ES,
      side,
      shares,
      cumQty: shares,
      price: 6_850,
      ts: this.schedule.now,
      ...rest,
    } as Execution;
    this.truth.hear([{ kind: 'execDetails', ts: this.schedule.now, execution }]);
    return this;
  }

  requests(request: Partial<OrderRequest>): this {
    this.truth.requests.push({ clientId: 7, orderId: 1, orderRef: '', ...request } as OrderRequest);
    return this;
  }

  private get world(): World {
    return this as unknown as World;
  }
}

interface Steps {
  facts?: readonly Fact[];
  commands?: readonly Command[];
  written?: boolean;
}

/** With engine time of its own. */
export function timed(make: (time: EngineTime) => Watcher): Watcher {
  const time = new EngineTime();
  const watcher = make(time);
  return {
    ...watcher,
    always: (world) => {
      time.always(world);
      watcher.always?.(world);
    },
  };
}
