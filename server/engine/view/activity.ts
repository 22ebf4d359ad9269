/** Facts as lines of the feed. A fact that would only repeat its neighbour gives no line. */
import type { Clearance } from '../model/advisory';
import { rulesText } from '../model/exit-rules';
import { cycleIdOfFact, type Fact } from '../model/fact';
import { parseOrderRef } from '../model/ids';
import type { Instrument } from '../model/instrument';
import { priceOf } from '../model/money';
import type { OrderSpec } from '../model/order';
import { rollText } from '../model/roll';
import type { ById } from '../model/state';
import type { JournalEntry } from '../model/step';
import { tripText } from '../model/trip';
import { moneyText, priceText } from './plain';
import type { ActivityLine } from './words';

/** IB's notices bear its numbers; with this one the adapter says what it could not do. */
const ADAPTERS_OWN = 0;

type Said = Pick<ActivityLine, 'kind' | 'tone' | 'text'> & { code?: string };

export function activityOf(
  entry: Pick<JournalEntry, 'seq' | 'ts' | 'facts'>,
  instruments: ById<Instrument>,
): readonly ActivityLine[] {
  return entry.facts.flatMap((fact, n) => {
    const said = say(fact, instruments);
    if (!said) return [];
    return [{ code: null, ...said, seq: entry.seq, n, ts: entry.ts, cycleId: cycleIdOfFact(fact) }];
  });
}

function say(fact: Fact, instruments: ById<Instrument>): Said | null {
  const name = 'symbol' in fact ? (instruments[fact.symbol]?.localSymbol ?? fact.symbol) : '';
  const at = (ticks: number | null) =>
    priceAt(ticks, 'symbol' in fact ? instruments[fact.symbol] : undefined);
  switch (fact.type) {
    case 'EntryDenied':
      return {
        kind: 'guard',
        tone: 'neutral',
        text: `Entry denied in ${name}. ${fact.detail}`,
        code: fact.reasons[0],
      };
    case 'SignalIgnored':
      return {
        kind: 'guard',
        tone: 'neutral',
        text: `Signal not followed in ${fact.symbol}: ${fact.detail}`,
        code: fact.code,
      };
    case 'SignalRefused':
      return {
        kind: 'guard',
        tone: 'neutral',
        text: `Signal refused from ${fact.source}: ${fact.detail}`,
        code: fact.code,
      };
    case 'ProposalWaiting':
      return {
        kind: 'advisory',
        tone: 'caution',
        text: `WAIT on ${name}: waiting for a person`,
        code: 'AWS_WAIT',
      };
    case 'AdvisorUnavailable':
      return {
        kind: 'advisory',
        tone: 'caution',
        text: `No advice on ${name}: ${fact.why}`,
        code: 'ADVISOR_UNAVAILABLE',
      };
    case 'WaitOverridden':
      return {
        kind: 'advisory',
        tone: 'caution',
        text: `WAIT on ${name} lifted: confidence ${fact.confidence} is above ${fact.threshold}`,
        code: fact.code,
      };
    case 'ProposalApproved':
      return { kind: 'operator', tone: 'accent', text: `${fact.by} approved ${name}: ${fact.reason}` };
    case 'ProposalRejected':
      return { kind: 'operator', tone: 'neutral', text: `${fact.by} rejected ${name}: ${fact.reason}` };
    case 'ProposalExpired':
      return {
        kind: 'advisory',
        tone: 'neutral',
        text: `Proposal in ${name} lapsed. ${fact.detail}`,
        code: fact.code,
      };
    case 'EntryApproved':
      return {
        kind: 'trade',
        tone: 'accent',
        text: `Entry approved: ${fact.plan.side} ${fact.plan.quantity} ${name} ${cleared(fact.clearance)}`,
      };
    case 'OrderJournaled':
      return {
        kind: fact.order.role === 'emergency' ? 'protection' : 'trade',
        tone: fact.order.role === 'emergency' ? 'danger' : 'neutral',
        text: `${fact.order.role === 'emergency' ? 'Emergency stop' : 'Exit'} ${specText(fact.order, name, at)}. ${fact.why}`,
      };
    case 'OrderFilled':
      return {
        kind: 'trade',
        tone: 'accent',
        text: `${fact.role} filled: ${fact.side} ${fact.quantity} ${name} @ ${at(fact.priceTicks)}, position ${fact.positionAfter}`,
      };
    case 'ExecutionCorrected':
      return {
        kind: 'trade',
        tone: 'caution',
        text: `Execution corrected in ${name}: ${fact.quantity} @ ${at(fact.priceTicks)}, position ${fact.positionAfter}`,
      };
    case 'OrderRejected':
      return {
        kind: 'trade',
        tone: 'danger',
        text: `Broker refused the ${fact.role} in ${name}: ${fact.text}`,
      };
    case 'OrderNeverSent':
      return { kind: 'trade', tone: 'caution', text: `${fact.role} in ${name} was not sent: ${fact.why}` };
    case 'OrderAnomaly':
      return { kind: 'system', tone: 'neutral', text: `${fact.ref}: ${fact.text}` };
    case 'OrderResized':
      return {
        kind: 'protection',
        tone: 'neutral',
        text: `The ${parseOrderRef(fact.ref)?.role ?? 'order'} in ${name} is to be for ${fact.quantity}. ${fact.why}`,
      };
    case 'OrderCancelRequested':
      return {
        kind: 'trade',
        tone: 'neutral',
        text: `Cancel asked for: ${fact.role} in ${name}. ${fact.why}`,
      };
    case 'PositionProtected':
      return {
        kind: 'protection',
        tone: 'safe',
        text: `Protected ${fact.afterMs} ms after: ${fact.quantity} ${name}${fact.triggerTicks ? ` with a stop @ ${at(fact.triggerTicks)}` : ''}`,
      };
    case 'PositionUnprotected':
      return {
        kind: 'protection',
        tone: 'danger',
        text: `UNPROTECTED: ${fact.quantity} ${name}. ${fact.why}`,
      };
    case 'PositionOverprotected':
      return {
        kind: 'protection',
        tone: 'danger',
        text: `OVERPROTECTED: stops for ${fact.quantity} on a position of ${fact.held} ${name}`,
      };
    case 'ExitRulesSet':
      return {
        kind: 'operator',
        tone: 'neutral',
        text: `Exit rules of ${name} by ${fact.by}: ${rulesText(fact.rules) || 'none'}. ${fact.reason}`,
      };
    case 'StopMoved':
      return {
        kind: 'protection',
        tone: 'safe',
        text: `Stop of ${name} moved from ${at(fact.fromTicks)} to ${at(fact.toTicks)}. ${fact.why}`,
      };
    case 'ExitStepped':
      return {
        kind: 'trade',
        tone: 'caution',
        text: `Exit of ${name}: ${fact.step === 'market' ? 'at the market now' : `limit moved to ${at(fact.limitTicks)}`}. ${fact.why}`,
      };
    case 'ExitRequested':
      return { kind: 'trade', tone: 'neutral', text: `Exit of ${name} wanted by ${fact.by}: ${fact.why}` };
    case 'CycleAdopted':
      return {
        kind: 'protection',
        tone: 'danger',
        text: `Adopted ${fact.quantity} ${name} found at the broker. ${fact.why}`,
      };
    case 'CycleReopened':
      return { kind: 'system', tone: 'danger', text: `Cycle in ${name} opened again. ${fact.why}` };
    case 'OrphanFound':
      return {
        kind: 'protection',
        tone: 'danger',
        text: `Orphan: ${fact.quantity} ${name}. ${fact.why} Adopt, flatten or ignore? Entries wait.`,
        code: 'ORPHAN_POSITION',
      };
    case 'OrphanDecided':
      return {
        kind: 'operator',
        tone: fact.decision === 'ignore' ? 'caution' : 'accent',
        text: `${fact.by} said ${fact.decision} to the orphan in ${name}: ${fact.reason}`,
      };
    case 'PositionAdjusted':
      return {
        kind: 'system',
        tone: 'danger',
        text: `Book adjusted by ${fact.quantity} ${name}. ${fact.why}`,
      };
    case 'CycleClosed':
      return {
        kind: 'trade',
        tone: fact.realizedMicros < 0 ? 'danger' : 'safe',
        text: `Closed ${name} (${fact.outcome}): ${moneyText(fact.realizedMicros)} net`,
      };
    case 'CycleCancelled':
      return { kind: 'trade', tone: 'neutral', text: `No trade in ${name}: ${fact.outcome}. ${fact.why}` };
    case 'ModeChanged':
      return {
        kind: 'operator',
        tone: fact.to === 'Active' ? 'safe' : 'caution',
        text: `Trading ${fact.scope === '*' ? '' : `in ${fact.scope} `}${fact.from} → ${fact.to} by ${fact.by}: ${fact.why}`,
      };
    case 'FlattenStarted':
      return {
        kind: 'operator',
        tone: 'danger',
        text: `Flatten started by ${fact.by}: ${fact.positions.length} position(s)`,
      };
    case 'ModeTripped':
      return {
        kind: 'protection',
        tone: 'danger',
        text: `Entries halted. ${tripText(fact)}`,
        code: fact.code,
      };
    case 'JournalFailed':
      return {
        kind: 'system',
        tone: 'danger',
        text: `The journal cannot be written: ${fact.why}. No entries; exits go on from memory`,
        code: 'JOURNAL_FAILED',
      };
    case 'ClockSkewed':
      return {
        kind: 'system',
        tone: 'caution',
        text: `The broker's clock and ours are ${Math.round(fact.skewMs / 100) / 10} s apart`,
        code: 'CLOCK_SKEW',
      };
    case 'EntryHeldBack':
      return {
        kind: 'protection',
        tone: 'danger',
        text: `Entry held back. ${fact.detail}`,
        code: 'RATE_LIMIT',
      };
    case 'ExitsOverRate':
      return {
        kind: 'protection',
        tone: 'danger',
        text: `${fact.observed} exit orders in ${name} in a short time (limit ${fact.limit}); none is held back`,
        code: 'RATE_LIMIT',
      };
    case 'FlattenArmed':
      return { kind: 'operator', tone: 'danger', text: `NOT FLAT. ${fact.detail}` };
    case 'FlattenNotFlat':
      return { kind: 'operator', tone: 'danger', text: `NOT FLAT yet. ${fact.detail}`, code: fact.reason };
    case 'FlattenEnded':
      return {
        kind: 'operator',
        tone: fact.flat ? 'safe' : 'danger',
        text: `${fact.flat ? 'FLAT' : 'NOT FLAT'}. ${fact.detail}`,
      };
    case 'CommandRefused':
      return { kind: 'operator', tone: 'caution', text: `Command refused: ${fact.why}`, code: fact.code };
    case 'BrokerLinkChanged':
      return {
        kind: 'system',
        tone: fact.phase === 'connected' ? 'safe' : 'caution',
        text: `Gateway ${fact.phase}: ${fact.detail}`,
      };
    case 'Reconciled':
      return {
        kind: 'system',
        tone: 'safe',
        text: `Reconciled with the broker: ${fact.positions} position(s), ${fact.openOrders} working order(s), ${fact.repairs} repair(s)`,
      };
    case 'ReconcileMismatch':
      return {
        kind: 'system',
        tone: 'danger',
        text: `${fact.symbol}: our book says ${fact.ours}, the broker ${fact.brokers} (round ${fact.round})`,
      };
    case 'ForeignOrderSeen':
      return {
        kind: 'system',
        tone: 'caution',
        text: `An order of somebody else works at the broker: ${fact.text}`,
      };
    case 'LimitsChanged':
      return { kind: 'operator', tone: 'neutral', text: `Limits changed by ${fact.by}: ${fact.why}` };
    case 'HoursDiffer':
      return { kind: 'system', tone: 'caution', text: `Hours of ${name}: ${fact.detail}` };
    case 'WorkerStarted':
      return {
        kind: 'system',
        tone: 'neutral',
        text: `Worker ${fact.version} started, ${fact.replayedEntries} journal entries replayed`,
      };
    case 'WorkerStalled':
      return {
        kind: 'system',
        tone: 'caution',
        text: `The worker stood still for ${(fact.forMs / 1_000).toFixed(1)} s: the broker is asked before anything is sent`,
      };
    case 'ContractRolled':
      return { kind: 'system', tone: 'accent', text: rollText(fact) };
    case 'RollAhead':
      return { kind: 'system', tone: 'caution', text: rollText(fact) };
    case 'FarmChanged':
      return {
        kind: 'system',
        tone: fact.state === 'broken' ? 'caution' : 'safe',
        text: `IB's server ${fact.farm} (${fact.serves}) is ${fact.state === 'broken' ? 'not reachable' : 'back'}`,
      };
    case 'QuotesRefused':
      return {
        kind: 'system',
        tone: 'caution',
        text: `No quotes of ${name}: ${fact.competing ? 'another session of this login takes the market data; they come back when it ends' : fact.text}. Entries in it wait`,
        code: 'STALE_MARKET_DATA',
      };
    case 'QuotesResumed':
      return { kind: 'system', tone: 'safe', text: `Quotes of ${name} are back` };
    case 'BrokerMessageLost':
      return { kind: 'system', tone: 'danger', text: fact.text };
    case 'BrokerNoticed':
      return fact.code === ADAPTERS_OWN ? { kind: 'system', tone: 'caution', text: fact.text } : null;
    case 'InstrumentResolved':
    case 'ReconcileStarted':
    case 'CommandAccepted':
    case 'CommandRepeated':
    case 'CycleOpened':
    case 'GuardsEvaluated':
    case 'AdvisorAsked':
    case 'AdvisorVerdict':
    case 'BracketJournaled':
    case 'OrderAcknowledged':
    case 'OrderCancelled':
    case 'CommissionCharged':
    case 'PositionArming':
    case 'ExitRepeated':
      return null;
  }
}

function cleared(clearance: Clearance): string {
  switch (clearance.kind) {
    case 'go':
      return 'on GO';
    case 'override':
      return `on its own confidence ${clearance.confidence}`;
    case 'operator':
      return `by ${clearance.operator}`;
  }
}

function specText(order: OrderSpec, name: string, at: (ticks: number | null) => string): string {
  const price = order.triggerTicks ?? order.limitTicks;
  return `${order.side} ${order.quantity} ${name} ${order.type}${price === null ? '' : ` @ ${at(price)}`}`;
}

function priceAt(ticks: number | null, instrument: Instrument | undefined): string {
  if (ticks === null) return '-';
  return instrument ? priceText(priceOf(ticks, instrument.tickSize)) : `${ticks} ticks`;
}
