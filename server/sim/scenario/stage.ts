/**
 * Directed scenarios: the whole world, in which only that happens which the scenario does. Each is played in many variations of what IB
 * leaves open, with every invariant watched, and at the end everything must come to rest.
 */
import assert from 'node:assert/strict';
import type { OrderRole } from '../../engine/model/ids';
import type { Limits } from '../../engine/model/limits';
import type { OperatorAction } from '../../engine/model/operator';
import type { Signal } from '../../engine/model/signal';
import type { EngineState } from '../../engine/model/state';
import type { ActKind, Root, Setting } from '../act/plan';
import type { RefusalToCome } from '../broker/refuse';
import type { Weather } from '../broker/weather';
import { allWatchers } from '../check/all';
import { comeToRest } from '../hour';
import { World } from '../world';
import { Seen } from './seen';
import { quietPlan } from './setting';

const EVER_MS = 100 * 86_400_000;

type SignalAct = Extract<ActKind, { kind: 'signal' }>;

const ENTRY: SignalAct = {
  kind: 'signal',
  symbol: 'ES',
  side: 'BUY',
  quantity: 1,
  type: 'MKT',
  awayTicks: 0,
  stopTicks: 20,
  targetTicks: 24,
  confidence: 0.6,
  verdict: 'GO',
  twice: false,
};

export class Scene extends Seen {
  readonly world: World;

  constructor(
    readonly variation: number,
    setting: Partial<Setting> = {},
    trace: ((line: string) => void) | null = null,
  ) {
    super();
    const plan = quietPlan(variation, setting);
    this.world = new World(plan, [...allWatchers(), this.record], trace);
  }

  /** The worker is up, connected, reconciled, and sees both markets. */
  async opens(): Promise<void> {
    await this.world.start();
    await this.until('ready', ({ reconciliation, market }) => {
      return reconciliation.phase === 'clean' && Object.keys(market.quotes).length === 2;
    });
  }

  /** A signal of ours has been filled, and its stop works. @param signed contracts, negative for a short. */
  async holds(symbol: Root, signed: number, more: Partial<SignalAct> = {}, withinMs = 10_000): Promise<void> {
    await this.signal({ symbol, side: signed > 0 ? 'BUY' : 'SELL', quantity: Math.abs(signed), ...more });
    await this.until(
      'held and protected',
      (state) => {
        const holder = Object.values(state.cycles).find(
          (cycle) => cycle.symbol === symbol && cycle.phase === 'open',
        );
        return this.position(symbol) === signed && holder?.protection.state === 'protected';
      },
      withinMs,
    );
  }

  limits(limits: Partial<Limits>): void {
    this.world.worker.submit({ type: 'LimitsChanged', limits, by: 'test', why: 'The scenario needs it.' });
  }

  async does(act: ActKind): Promise<void> {
    this.world.perform({ atMs: this.world.ms, ...act });
    await this.pass(0);
  }

  signal(more: Partial<SignalAct> = {}): Promise<void> {
    return this.does({ ...ENTRY, ...more });
  }

  /** A signal as the strategy wrote it, prices and all. */
  async wishes(signal: Partial<Signal>): Promise<void> {
    const { world } = this;
    const whole: Signal = {
      signalId: `w-${world.nextId()}`,
      source: 'file',
      strategy: 'scenario',
      symbol: 'ES',
      action: 'BUY',
      quantity: 1,
      orderType: 'MKT',
      entryPrice: null,
      stopPrice: null,
      targetPrice: null,
      confidence: null,
      createdTs: world.schedule.now,
      ...signal,
    };
    world.worker.submit({ type: 'SignalReceived', signal: whole });
    await this.pass(0);
  }

  async presses(action: OperatorAction): Promise<void> {
    this.world.click(action);
    await this.pass(0);
  }

  /** What goes wrong between the broker and us, until the scene ends or it is set otherwise. */
  weather(set: Partial<Weather>): Promise<void> {
    return this.does({ kind: 'weather', set, forMs: EVER_MS });
  }

  /** The broker refuses the next order of that role. */
  refuses(role: OrderRole, manner: RefusalToCome['manner'], code: number, text: string): Promise<void> {
    return this.does({ kind: 'refuse', refusal: { role, manner, code, text } });
  }

  /** Contracts at the touch from the next trade on: with few, orders fill in parts. */
  depth(contracts: number): void {
    this.world.plan.setting.mood.depth = contracts;
  }

  /** The market goes there at once and stays. */
  async moves(ticks: number): Promise<void> {
    await this.does({ kind: 'jump', ticks });
    await this.pass(900);
  }

  /** SIGKILL, and another worker at once. */
  async dies(): Promise<void> {
    await this.does({ kind: 'crash', point: 'now', downMs: 0, clientId: null, restore: 0 });
    await this.pass(1);
  }

  async pass(ms: number): Promise<void> {
    await this.world.passUntil(this.world.ms + ms);
    this.unbroken();
  }

  /** @returns how long it took, ms. @throws when it did not come within `withinMs`. */
  async until(what: string, reached: (state: EngineState) => boolean, withinMs = 10_000): Promise<number> {
    const { world } = this;
    const fromMs = world.ms;
    const holds = () => world.state !== null && reached(world.state);
    if (!holds()) await world.passUntil(fromMs + withinMs, holds);
    this.unbroken();
    assert.ok(holds(), `not ${what} within ${withinMs} ms`);
    return world.ms - fromMs;
  }

  /** All faults end, everything is flattened, and must come to rest. */
  async rests(): Promise<void> {
    await comeToRest(this.world);
    this.unbroken();
  }

  private unbroken(): void {
    const { violation } = this.world;
    assert.ok(
      !violation,
      violation ? `${violation.invariant} at ${violation.atMs} ms: ${violation.text}` : '',
    );
  }
}
