/**
 * What happens in one simulated hour, as data: the broker's customs, the market's mood and a list of acts with their times. A seed makes a
 * plan; a plan, not the seed, is what runs, what is shrunk and what is kept as a regression.
 */
import type { ChildActivation } from '../../exchange/brackets';
import type { FillReporting } from '../../exchange/reporter';
import type { RefusalToCome } from '../broker/refuse';
import type { Weather } from '../broker/weather';
import type { CrashPoint } from '../disk';
import type { MarketMood } from '../market';

export interface Setting {
  /** When it begins, epoch ms. */
  startTs: number;
  mood: MarketMood;
  childActivation: ChildActivation;
  fillReporting: FillReporting;
  othersExecutions: boolean;
  keepsOrdersWhileCut: boolean;
  /** One way between worker and gateway, ms; and from there to the exchange. */
  lineMs: readonly [number, number];
  exchangeMs: number;
  /** The broker tells a price at most so often. */
  quoteMs: number;
  diskMs: number;
  shuffle: boolean;
  /** From the end of all trouble until everything is flattened. */
  quietMs: number;
}

export type Root = 'ES' | 'MES';

/** What the advisor does with the next questions. `garbage`: it answers, and not in our words. */
export type Verdict = 'GO' | 'WAIT' | 'never' | 'late' | 'throws' | 'garbage';

export type ActKind =
  | {
      kind: 'signal';
      symbol: Root;
      side: 'BUY' | 'SELL';
      quantity: number;
      type: 'MKT' | 'LMT';
      /** How far a limit rests from the market, ticks; 0 is marketable. */
      awayTicks: number;
      stopTicks: number;
      targetTicks: number;
      confidence: number;
      verdict: Verdict;
      /** Sent again at once under the same id. */
      twice: boolean;
      /** How long ago the strategy made it, ms; negative: its clock is ahead of ours. */
      lateMs?: number;
    }
  /** The last signal comes again, word for word. */
  | { kind: 'replaySignal' }
  | { kind: 'exitSignal'; symbol: Root }
  | {
      kind: 'operator';
      does: 'HaltEntries' | 'Halt' | 'Resume' | 'CancelEntries' | 'Flatten';
      scope: '*' | Root;
      twice: boolean;
      by?: string;
    }
  | { kind: 'abandonFlatten' }
  | { kind: 'decideOrphan'; decision: 'adopt' | 'flatten' | 'ignore' }
  | { kind: 'exitPosition'; symbol: Root }
  | { kind: 'approve'; forged: boolean; twice: boolean }
  | { kind: 'reject' }
  /** By hand in TWS, or by another program under its client id. */
  | { kind: 'manualTrade'; symbol: Root; signed: number; clientId?: number }
  | {
      kind: 'manualOrder';
      symbol: Root;
      side: 'BUY' | 'SELL';
      quantity: number;
      awayTicks: number;
      clientId?: number;
    }
  /** A person cancels one of our orders in TWS, or the broker does. */
  | { kind: 'brokerCancels'; role: 'stop' | 'target' | 'entry' | 'exit' | 'emergency' }
  | { kind: 'weather'; set: Partial<Weather>; forMs: number }
  | { kind: 'refuse'; refusal: RefusalToCome }
  | { kind: 'jump'; ticks: number }
  | { kind: 'freeze'; forMs: number }
  /** Another session of the same login takes the quotes (10197); it ends, and nobody says so. */
  | { kind: 'takeQuotes'; forMs: number }
  /** The client cannot read the message of the next execution (505). Not drawn: scenarios only. */
  | { kind: 'unreadable' }
  | { kind: 'dropLine' }
  | { kind: 'gatewayDown'; forMs: number; rollback: number }
  | { kind: 'deaf'; forMs: number }
  | { kind: 'upstream'; forMs: number; code: 1101 | 1102 }
  | { kind: 'correct'; ticks: number }
  /** The gateway tells all open orders again, unasked. */
  | { kind: 'replayOpenOrders' }
  | { kind: 'crash'; point: CrashPoint | 'now'; downMs: number; clientId: number | null; restore: number }
  | { kind: 'stall'; forMs: number }
  | { kind: 'clockForward'; ms: number }
  /** The worker sleeps, another one is started and takes over the lease; then the first one wakes up. */
  | { kind: 'twoWorkers'; sleepMs: number; clientId: number | null }
  | { kind: 'slowDisk'; ms: number; forMs: number }
  /** For good, when it is not said for how long. */
  | { kind: 'diskFull'; forMs?: number };

export type Act = { atMs: number } & ActKind;

export interface Plan {
  seed: number;
  setting: Setting;
  acts: readonly Act[];
  /** From then on nothing goes wrong any more; and then everything must come to rest. Ms from the start. */
  healMs: number;
}
