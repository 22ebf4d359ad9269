/** What arrived: past tense. The worker stamps each with its journal seq and two clocks, and nothing else tells the engine the time. */
import type { AdvisorAnswer } from './advisory';
import type { BrokerCommission, BrokerExecution, BrokerReport, OrderPrices } from './broker';
import type { FarmService, FarmState } from './feed';
import type { OrderRef, ProposalId } from './ids';
import type { Bar, Instrument, Quote } from './instrument';
import type { Limits } from './limits';
import type { OperatorCommand } from './operator';
import type { BrokerOrderStatus } from './order';
import type { ReasonCode } from './reason';
import type { Signal } from './signal';

export type BrokerEvent =
  | { type: 'BrokerConnecting'; attempt: number; why: string }
  | { type: 'BrokerConnected'; account: string; clientId: number; serverVersion: number; paper: boolean }
  | { type: 'BrokerDisconnected'; why: string }
  | { type: 'InstrumentResolved'; instrument: Instrument }
  | { type: 'QuoteReceived'; quote: Omit<Quote, 'ts' | 'hostMs' | 'changedHostMs'> }
  | { type: 'BarsLoaded'; symbol: string; bars: readonly Bar[] }
  | { type: 'BarClosed'; symbol: string; bar: Bar }
  | {
      type: 'OrderStatusReported';
      orderRef: string;
      permId: number;
      orderId: number;
      status: BrokerOrderStatus;
      filled: number;
      remaining: number;
      whyHeld: string;
      /** As the broker last showed the open order; absent when it never did. IB's status itself has none. */
      prices?: OrderPrices;
    }
  | { type: 'OrderErrorReported'; orderRef: string; orderId: number; code: number; text: string }
  | { type: 'OrderNotSent'; orderRef: OrderRef; why: string }
  | { type: 'ExecutionReported'; execution: BrokerExecution }
  | { type: 'CommissionReported'; commission: BrokerCommission }
  | { type: 'BrokerReported'; report: BrokerReport }
  | { type: 'FarmReported'; farm: string; serves: FarmService; state: FarmState }
  /** The broker sends no quotes of it; they are asked for again until they come. `competing`: another session of this login takes them. */
  | { type: 'QuotesRefused'; symbol: string; code: number; text: string; competing: boolean }
  | { type: 'QuotesResumed'; symbol: string }
  | { type: 'BrokerNotice'; code: number; text: string }
  /** Something that the broker said could not be read: what it was about is not known. */
  | { type: 'BrokerMessageLost'; text: string };

export type EngineEvent =
  | BrokerEvent
  | { type: 'WorkerStarted'; version: string; replayedEntries: number }
  /** The loop itself stood still: a suspended machine, a blocked process, a clock that jumped (F42). What it knows may be old. */
  | { type: 'WorkerStalled'; forMs: number }
  | { type: 'LimitsChanged'; limits: Partial<Limits>; by: string; why: string }
  | { type: 'SignalReceived'; signal: Signal }
  /** Refused at the edge, before it could be a signal. `excerpt` is the first bytes of what came, made printable. */
  | { type: 'SignalRefused'; source: string; code: ReasonCode; detail: string; excerpt: string }
  | { type: 'AdvisorAnswered'; proposalId: ProposalId; answer: AdvisorAnswer }
  | { type: 'AdvisorFailed'; proposalId: ProposalId; advisor: string; why: string }
  | { type: 'OperatorCommanded'; command: OperatorCommand }
  /** An append failed: from here on nothing is written, nothing that opens a position is sent, and what reduces risk goes on from memory. */
  | { type: 'JournalFailed'; why: string }
  /** Broker's clock minus ours, ms: told when it becomes large, changes much, or is small again. */
  | { type: 'ClockSkewed'; skewMs: number }
  /** Every 250 ms of host time: deadlines and levels are compared, nothing is scheduled. */
  | { type: 'ClockTicked' };

/**
 * `ts` is exchange time (the tape's while replaying): freshness of signals, sessions, cooldowns, cycles.
 * `hostMs` is this machine's time: acknowledgements, advisor deadline, proposal life, protection clock.
 * On a live market the two run alike. Both in ms since the epoch.
 */
export interface Stamped<E = EngineEvent> {
  seq: number;
  ts: number;
  hostMs: number;
  event: E;
}
