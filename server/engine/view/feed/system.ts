/** The broker, the worker, the book and the clock. */
import { rollText } from '../../model/roll';
import type { Lines } from './line';

/** IB's notices bear its numbers; with this one the adapter says what it could not do. */
const ADAPTERS_OWN = 0;

export const SYSTEM = {
  OrderAnomaly: (fact) => ({ tone: 'neutral', text: `${fact.ref}: ${fact.text}` }),
  CycleReopened: (fact, { name }) => ({ tone: 'danger', text: `Cycle in ${name} opened again. ${fact.why}` }),
  PositionAdjusted: (fact, { name }) => ({
    tone: 'danger',
    text: `Book adjusted by ${fact.quantity} ${name}. ${fact.why}`,
  }),
  JournalFailed: (fact) => ({
    tone: 'danger',
    text: `The journal cannot be written: ${fact.why}. No entries; exits go on from memory`,
    code: 'JOURNAL_FAILED',
  }),
  ClockSkewed: (fact) => ({
    tone: 'caution',
    text: `The broker's clock and ours are ${Math.round(fact.skewMs / 100) / 10} s apart`,
    code: 'CLOCK_SKEW',
  }),
  BrokerLinkChanged: (fact) => ({
    tone: fact.phase === 'connected' ? 'safe' : 'caution',
    text: `Gateway ${fact.phase}: ${fact.detail}`,
  }),
  Reconciled: (fact) => ({
    tone: 'safe',
    text: `Reconciled with the broker: ${fact.positions} position(s), ${fact.openOrders} working order(s), ${fact.repairs} repair(s)`,
  }),
  ReconcileMismatch: (fact) => ({
    tone: 'danger',
    text: `${fact.symbol}: our book says ${fact.ours}, the broker ${fact.brokers} (round ${fact.round})`,
  }),
  ForeignOrderSeen: (fact) => ({
    tone: 'caution',
    text: `An order of somebody else works at the broker: ${fact.text}`,
  }),
  HoursDiffer: (fact, { name }) => ({ tone: 'caution', text: `Hours of ${name}: ${fact.detail}` }),
  WorkerStarted: (fact) => ({
    tone: 'neutral',
    text: `Worker ${fact.version} started, ${fact.replayedEntries} journal entries replayed`,
  }),
  WorkerStalled: (fact) => ({
    tone: 'caution',
    text: `The worker stood still for ${(fact.forMs / 1_000).toFixed(1)} s: the broker is asked before anything is sent`,
  }),
  ContractRolled: (fact) => ({ tone: 'accent', text: rollText(fact) }),
  RollAhead: (fact) => ({ tone: 'caution', text: rollText(fact) }),
  FarmChanged: (fact) => ({
    tone: fact.state === 'broken' ? 'caution' : 'safe',
    text: `IB's server ${fact.farm} (${fact.serves}) is ${fact.state === 'broken' ? 'not reachable' : 'back'}`,
  }),
  QuotesRefused: (fact, { name }) => ({
    tone: 'caution',
    text: `No quotes of ${name}: ${fact.competing ? 'another session of this login takes the market data; they come back when it ends' : fact.text}. Entries in it wait`,
    code: 'STALE_MARKET_DATA',
  }),
  QuotesResumed: (_, { name }) => ({ tone: 'safe', text: `Quotes of ${name} are back` }),
  BrokerMessageLost: (fact) => ({ tone: 'danger', text: fact.text }),
  BrokerNoticed: (fact) => (fact.code === ADAPTERS_OWN ? { tone: 'caution', text: fact.text } : null),
} satisfies Lines;
