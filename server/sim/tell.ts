/** A journal entry in lines that a person can follow: what arrived, what was concluded, what was commanded. */
import type { Command } from '../engine/model/command';
import type { EngineEvent } from '../engine/model/event';
import type { Fact } from '../engine/model/fact';
import type { OrderSpec } from '../engine/model/order';
import type { JournalEntry } from '../engine/model/step';

export function tell({ seq, event, facts, commands }: JournalEntry, ms: number): readonly string[] {
  return [
    `${(ms / 1_000).toFixed(3).padStart(9)}  #${String(seq).padEnd(5)} ${eventText(event)}`,
    ...facts.map((fact) => `${' '.repeat(17)} . ${factText(fact)}`),
    ...commands.map((command) => `${' '.repeat(17)} > ${commandText(command)}`),
  ];
}

function eventText(event: EngineEvent): string {
  switch (event.type) {
    case 'OrderStatusReported': {
      const { orderRef, status, filled, remaining, whyHeld } = event;
      return `status     ${orderRef} ${status} ${filled}/${filled + remaining} ${whyHeld}`;
    }
    case 'OrderErrorReported':
      return `error      ${event.orderRef} ${event.code} ${event.text}`;
    case 'ExecutionReported': {
      const { execId, orderRef, side, quantity, symbol, priceTicks } = event.execution;
      return `execution  ${orderRef || 'by hand'} ${side} ${quantity} ${symbol} @${priceTicks} ${execId}`;
    }
    case 'BrokerReported': {
      const { requestId, positions, openOrders, executions } = event.report;
      const held = positions.map(({ symbol, quantity }) => `${quantity} ${symbol}`).join(' ') || 'flat';
      const open = openOrders.map(({ orderRef, status }) => `${orderRef || 'foreign'} ${status}`).join(', ');
      return `report     ${requestId}: ${held}; ${open || 'nothing open'}; ${executions.length} executions`;
    }
    case 'OperatorCommanded':
      return `operator   ${JSON.stringify(event.command.action)}`;
    case 'SignalReceived': {
      const { action, quantity, symbol, orderType, entryPrice, stopPrice, targetPrice } = event.signal;
      return `signal     ${action} ${quantity} ${symbol} ${orderType} ${entryPrice ?? ''} stop ${stopPrice} target ${targetPrice}`;
    }
    default:
      return `${event.type} ${rest(event)}`;
  }
}

function factText(fact: Fact): string {
  if (fact.type === 'GuardsEvaluated') {
    const against = fact.results.filter(({ verdict }) => verdict !== 'pass').map(({ code }) => code);
    return `GuardsEvaluated ${fact.at}: ${against.length === 0 ? 'all pass' : against.join(', ')}`;
  }
  return `${fact.type} ${rest(fact)}`;
}

function commandText(command: Command): string {
  switch (command.type) {
    case 'PlaceBracket':
      return `PlaceBracket ${[command.entry, command.target, command.stop].map(orderText).join(' | ')}`;
    case 'PlaceOrder':
    case 'ModifyOrder':
      return `${command.type} ${orderText(command.order)}`;
    default:
      return `${command.type} ${rest(command)}`;
  }
}

function orderText({ ref, side, quantity, type, limitTicks, triggerTicks, ocaGroup }: OrderSpec): string {
  const prices = [
    triggerTicks === null ? '' : `t${triggerTicks}`,
    limitTicks === null ? '' : `l${limitTicks}`,
  ];
  return `${ref} ${side} ${quantity} ${type} ${prices.join(' ')} ${ocaGroup === null ? '' : `[${ocaGroup}]`}`;
}

const LONGEST = 260;

function rest({ type: _, ...fields }: { type: string }): string {
  const text = JSON.stringify(fields);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}
