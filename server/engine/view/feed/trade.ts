/** Entries, exits, fills and what came of them. */
import type { Clearance } from '../../model/advisory';
import type { OrderSpec } from '../../model/order';
import { moneyText } from '../plain';
import type { Lines, Naming } from './line';

export const TRADE = {
  EntryApproved: (fact, { name }) => ({
    tone: 'accent',
    text: `Entry approved: ${fact.plan.side} ${fact.plan.quantity} ${name} ${cleared(fact.clearance)}`,
  }),
  OrderJournaled: (fact, naming) => ({
    kind: fact.order.role === 'emergency' ? 'protection' : 'trade',
    tone: fact.order.role === 'emergency' ? 'danger' : 'neutral',
    text: `${fact.order.role === 'emergency' ? 'Emergency stop' : 'Exit'} ${specText(fact.order, naming)}. ${fact.why}`,
  }),
  OrderFilled: (fact, { name, at }) => ({
    tone: 'accent',
    text: `${fact.role} filled: ${fact.side} ${fact.quantity} ${name} @ ${at(fact.priceTicks)}, position ${fact.positionAfter}`,
  }),
  ExecutionCorrected: (fact, { name, at }) => ({
    tone: 'caution',
    text: `Execution corrected in ${name}: ${fact.quantity} @ ${at(fact.priceTicks)}, position ${fact.positionAfter}`,
  }),
  OrderRejected: (fact, { name }) => ({
    tone: 'danger',
    text: `Broker refused the ${fact.role} in ${name}: ${fact.text}`,
  }),
  OrderNeverSent: (fact, { name }) => ({
    tone: 'caution',
    text: `${fact.role} in ${name} was not sent: ${fact.why}`,
  }),
  OrderCancelRequested: (fact, { name }) => ({
    tone: 'neutral',
    text: `Cancel asked for: ${fact.role} in ${name}. ${fact.why}`,
  }),
  ExitStepped: (fact, { name, at }) => ({
    tone: 'caution',
    text: `Exit of ${name}: ${fact.step === 'market' ? 'at the market now' : `limit moved to ${at(fact.limitTicks)}`}. ${fact.why}`,
  }),
  ExitRequested: (fact, { name }) => ({
    tone: 'neutral',
    text: `Exit of ${name} wanted by ${fact.by}: ${fact.why}`,
  }),
  CycleClosed: (fact, { name }) => ({
    tone: fact.realizedMicros < 0 ? 'danger' : 'safe',
    text: `Closed ${name} (${fact.outcome}): ${moneyText(fact.realizedMicros)} net`,
  }),
  CycleCancelled: (fact, { name }) => ({
    tone: 'neutral',
    text: `No trade in ${name}: ${fact.outcome}. ${fact.why}`,
  }),
} satisfies Lines;

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

function specText(order: OrderSpec, { name, at }: Naming): string {
  const price = order.triggerTicks ?? order.limitTicks;
  return `${order.side} ${order.quantity} ${name} ${order.type}${price === null ? '' : ` @ ${at(price)}`}`;
}
