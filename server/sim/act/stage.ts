/** The world, as the acts of a plan see it. */
import type { OperatorAction } from '../../engine/model/operator';
import type { Signal } from '../../engine/model/signal';
import type { EngineState } from '../../engine/model/state';
import type { ScriptedAdvisor } from '../advisor';
import type { SimGateway } from '../broker/gateway';
import type { Disk } from '../disk';
import type { SimMarket } from '../market';
import type { Schedule } from '../schedule';
import type { Truth } from '../truth';
import type { SimWorker } from '../worker';
import type { Act } from './plan';

export interface Stage {
  readonly schedule: Schedule;
  readonly market: SimMarket;
  readonly gateway: SimGateway;
  readonly truth: Truth;
  readonly advisor: ScriptedAdvisor;
  readonly disk: Disk;
  readonly worker: SimWorker;
  /** State after the last commit; null while no worker is up. */
  readonly state: EngineState | null;
  readonly clientId: number;
  /** The last signal that was sent. */
  lastSignal: Signal | null;
  nextId(): number;
  /** Something interesting was reached. */
  count(name: string): void;
  /** An operator presses something. */
  click(action: OperatorAction, twice?: boolean, operator?: string): string;
  /** The worker is dead; another is started after `downMs`. */
  crash(downMs: number, clientId: number, restore: number): void;
  /** The worker sleeps for so long; meanwhile another one is started. */
  takeOver(sleepMs: number, clientId: number): void;
}

/** How acts of the kinds `K` are carried out. */
export type Doing<K extends Act['kind']> = {
  readonly [Kind in K]: (stage: Stage, act: Extract<Act, { kind: Kind }>) => void;
};
