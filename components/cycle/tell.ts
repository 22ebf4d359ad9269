/** One fact of a cycle as a line of its timeline. Exhaustive: a new kind of fact does not compile until it has words here. */
import type { Clearance } from '@/server/engine/model/advisory';
import type { CycleFact } from '@/server/engine/model/fact';
import type { OrderSpec } from '@/server/engine/model/order';
import { dollars, signedDollars } from '../live/format/money';
import { averagePrice, minus, percent, price } from '../live/format/price';
import { duration } from '../live/format/time';
import { rulesSaid } from '../live/format/words';

export interface Told {
  tone: 'neutral' | 'safe' | 'caution' | 'danger' | 'accent';
  /** The line itself. */
  text: string;
  /** Said after it in a fainter voice. */
  note?: string;
  codes?: readonly string[];
}

/** Ticks become prices where the tick is known. */
export type PriceOfTicks = (ticks: number | null) => string;

export function pricesFor(tickSize: number | null): PriceOfTicks {
  return (ticks) => {
    if (ticks === null) return '–';
    return tickSize === null ? `${ticks} ticks` : averagePrice(ticks * tickSize, tickSize);
  };
}

function clearance(how: Clearance): string {
  switch (how.kind) {
    case 'go':
      return `${how.advisor} said GO`;
    case 'override':
      return `confidence ${how.confidence.toFixed(2)} is above ${how.threshold.toFixed(2)}`;
    case 'operator':
      return `${how.operator}: ${how.reason}`;
  }
}

function order(spec: OrderSpec, at: PriceOfTicks): string {
  const prices = [spec.triggerTicks, spec.limitTicks].filter((ticks) => ticks !== null).map(at);
  return `${spec.side} ${spec.quantity} ${spec.type}${prices.length > 0 ? ` ${prices.join(' limit ')}` : ''}`;
}

export function tell(fact: CycleFact, at: PriceOfTicks): Told {
  switch (fact.type) {
    case 'CycleOpened': {
      const { signal } = fact;
      const asked = signal.entryPrice === null ? 'at market' : `at ${price(signal.entryPrice)}`;
      const levels = `stop ${price(signal.stopPrice)}, target ${price(signal.targetPrice)}`;
      const sure = signal.confidence === null ? '' : `, confidence ${percent(signal.confidence)}`;
      return {
        tone: 'neutral',
        text: `Signal ${signal.action} ${signal.quantity} ${signal.symbol} ${asked}, ${levels}${sure}`,
        note: `${signal.strategy} · ${signal.source} · id ${signal.signalId}`,
      };
    }
    case 'GuardsEvaluated': {
      const refusing = fact.results.filter((result) => result.verdict === 'deny');
      const when = fact.at === 'send' ? 'Again before sending: ' : '';
      if (refusing.length === 0)
        return { tone: 'safe', text: `${when}${fact.results.length} guards, none refuses` };
      return {
        tone: 'danger',
        text: `${when}${refusing.length} of ${fact.results.length} guards ${refusing.length === 1 ? 'refuses' : 'refuse'}`,
        codes: refusing.map((result) => result.code),
      };
    }
    case 'EntryDenied':
      return { tone: 'danger', text: 'Entry denied', note: fact.detail, codes: fact.reasons };
    case 'AdvisorAsked':
      return {
        tone: 'neutral',
        text: `Advisor asked about ${fact.plan.side} ${fact.plan.quantity} at ${at(fact.plan.entryTicks)}`,
        note: `stop ${at(fact.plan.stopTicks)} · target ${at(fact.plan.targetTicks)}`,
      };
    case 'AdvisorVerdict': {
      const { answer } = fact;
      return {
        tone: answer.verdict === 'GO' ? 'safe' : 'caution',
        text: `Advisor: ${answer.verdict} ${percent(answer.confidence)}, “${answer.words}”`,
        note: `${answer.advisor} · ${answer.trend.toLowerCase()}, ${answer.volatility.toLowerCase()} volatility · ${duration(answer.latencyMs)}`,
      };
    }
    case 'AdvisorUnavailable':
      return {
        tone: 'caution',
        text: 'No answer from the advisor: that counts as WAIT',
        note: fact.why,
        codes: ['ADVISOR_UNAVAILABLE'],
      };
    case 'ProposalWaiting':
      return { tone: 'caution', text: 'WAIT blocks it: waiting for a person', codes: ['AWS_WAIT'] };
    case 'WaitOverridden':
      return {
        tone: 'caution',
        text: `WAIT lifted: confidence ${fact.confidence.toFixed(2)} is above ${fact.threshold.toFixed(2)}`,
        codes: [fact.code],
      };
    case 'ProposalApproved':
      return {
        tone: 'accent',
        text: `Approved by ${fact.by}: “${fact.reason}”`,
        note: `digest ${fact.digest}`,
      };
    case 'ProposalRejected':
      return { tone: 'neutral', text: `Rejected by ${fact.by}: “${fact.reason}”` };
    case 'ProposalExpired':
      return { tone: 'neutral', text: 'Proposal lapsed', note: fact.detail, codes: [fact.code] };
    case 'EntryApproved':
      return { tone: 'safe', text: 'Entry approved', note: clearance(fact.clearance) };
    case 'BracketJournaled':
      return {
        tone: 'accent',
        text: `Bracket journaled, then sent: entry ${order(fact.entry, at)} · target ${order(fact.target, at)} · stop ${order(fact.stop, at)}`,
        note: fact.stop.ocaGroup
          ? `OCA ${fact.stop.ocaGroup} · transmitted with the stop`
          : 'transmitted with the stop',
      };
    case 'OrderJournaled':
      return {
        tone: fact.order.role === 'emergency' ? 'danger' : 'accent',
        text: `${fact.order.role === 'emergency' ? 'Emergency stop' : `Order (${fact.order.role})`} journaled, then sent: ${order(fact.order, at)}`,
        note: fact.why,
      };
    case 'OrderResized':
      return { tone: 'neutral', text: `${fact.ref} resized to ${fact.quantity}`, note: fact.why };
    case 'OrderAcknowledged':
      return {
        tone: 'neutral',
        text: `Gateway, ${fact.role}: ${fact.status}`,
        note: [`permId ${fact.permId}`, fact.whyHeld ? `held: ${fact.whyHeld}` : '']
          .filter(Boolean)
          .join(' · '),
      };
    case 'OrderCancelRequested':
      return { tone: 'neutral', text: `Cancel of the ${fact.role} asked for`, note: fact.why };
    case 'OrderCancelled':
      return { tone: 'neutral', text: `The ${fact.role} is cancelled` };
    case 'OrderRejected':
      return {
        tone: 'danger',
        text: `Broker refused the ${fact.role}: ${fact.text}`,
        note: `code ${fact.code}`,
      };
    case 'OrderNeverSent':
      return { tone: 'caution', text: `The ${fact.role} was not sent`, note: fact.why };
    case 'OrderAnomaly':
      return { tone: 'caution', text: fact.text, note: fact.ref };
    case 'OrderFilled':
      return {
        tone: 'accent',
        text: `Filled, ${fact.role}: ${fact.side} ${fact.quantity} @ ${at(fact.priceTicks)}`,
        note: `exec ${fact.execId} · holds ${minus(fact.positionAfter)}`,
      };
    case 'ExecutionCorrected':
      return {
        tone: 'caution',
        text: `Execution corrected: ${minus(fact.quantity)} @ ${at(fact.priceTicks)}`,
        note: `exec ${fact.execId} replaces ${fact.corrects} · holds ${minus(fact.positionAfter)}`,
      };
    case 'CommissionCharged':
      return { tone: 'neutral', text: `Commission ${dollars(fact.micros)}`, note: `exec ${fact.execId}` };
    case 'PositionArming':
      return { tone: 'caution', text: `Arming: a working stop must cover ${fact.quantity}` };
    case 'PositionProtected':
      return {
        tone: 'safe',
        text: `Protected ${duration(fact.afterMs)} after the fill: stop for ${fact.quantity} @ ${at(fact.triggerTicks)}`,
        note: fact.ref,
      };
    case 'PositionUnprotected':
      return { tone: 'danger', text: `UNPROTECTED: ${fact.quantity}`, note: fact.why };
    case 'PositionOverprotected':
      return {
        tone: 'danger',
        text: `OVERPROTECTED: stops for ${fact.quantity}, held ${minus(fact.held)}`,
        note: fact.ref,
      };
    case 'PositionBlind':
      return { tone: 'caution', text: `BLIND: ${minus(fact.quantity)} held`, note: fact.why };
    case 'PositionSeen':
      return { tone: 'safe', text: `Prices are back after ${duration(fact.blindMs)}` };
    case 'ExitRulesSet':
      return {
        tone: 'accent',
        text: `Exit rules by ${fact.by}: ${rulesSaid(fact.rules) || 'none'}`,
        note: fact.reason,
      };
    case 'StopMoved':
      return {
        tone: 'safe',
        text: `Stop moved from ${at(fact.fromTicks)} to ${at(fact.toTicks)}`,
        note: fact.why,
      };
    case 'ExitStepped':
      return {
        tone: 'caution',
        text:
          fact.step === 'market'
            ? 'The exit goes to the market'
            : `The exit’s limit moves to ${at(fact.limitTicks)}`,
        note: fact.why,
      };
    case 'ExitRequested':
      return { tone: 'accent', text: `Exit wanted by ${fact.by} (${fact.reason})`, note: fact.why };
    case 'ExitRepeated':
      return {
        tone: 'neutral',
        text: `Exit asked again by ${fact.by}`,
        note: fact.why,
      };
    case 'CycleAdopted':
      return {
        tone: 'danger',
        text: `Adopted ${minus(fact.quantity)} @ ${at(fact.averageTicks)}, found at the broker`,
        note: fact.why,
      };
    case 'CycleReopened':
      return { tone: 'danger', text: `Opened again from the broker (${fact.side})`, note: fact.why };
    case 'OrphanFound':
      return {
        tone: 'danger',
        text: `Orphan of ${minus(fact.quantity)}: adopt, flatten or ignore?`,
        note: fact.why,
        codes: ['ORPHAN_POSITION'],
      };
    case 'OrphanDecided':
      return {
        tone: fact.decision === 'ignore' ? 'caution' : 'accent',
        text: `${fact.by} decided: ${fact.decision}`,
        note: fact.reason,
      };
    case 'PositionAdjusted':
      return { tone: 'danger', text: `Book adjusted by ${minus(fact.quantity)}`, note: fact.why };
    case 'CycleClosed':
      return {
        tone: fact.realizedMicros < 0 ? 'danger' : 'safe',
        text: `Flat: ${signedDollars(fact.realizedMicros)} net`,
        note: `${fact.outcome} · commissions ${dollars(fact.commissionMicros)}`,
      };
    case 'CycleCancelled':
      return { tone: 'neutral', text: `No trade: ${fact.outcome}`, note: fact.why };
  }
}
