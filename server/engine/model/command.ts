/** What the engine wants done outside: imperative. Journaled before it is dispatched. */
import type { OrderRef, ProposalId } from './ids';
import type { OrderSpec } from './order';

/** Parent (transmit false), target (false), stop (true): the broker hears of the entry only when its stop is there. */
export interface PlaceBracket {
  type: 'PlaceBracket';
  entry: OrderSpec;
  target: OrderSpec;
  stop: OrderSpec;
}

export type BrokerCommand =
  | PlaceBracket
  | { type: 'PlaceOrder'; order: OrderSpec }
  /** Same order, new size: a child is modified, never cancelled and sent again. */
  | { type: 'ModifyOrder'; order: OrderSpec }
  | { type: 'CancelOrder'; ref: OrderRef }
  | { type: 'RequestReport'; requestId: number };

export interface Alert {
  type: 'SendAlert';
  severity: 'info' | 'warning' | 'critical';
  text: string;
}

export type Command = BrokerCommand | Alert | { type: 'AskAdvisor'; proposalId: ProposalId };

/** May it only bring a position toward zero, or ask, or tell? What opens or enlarges one needs the journal; this does not. */
export function reducesRisk(command: Command): boolean {
  switch (command.type) {
    case 'PlaceBracket':
      return false;
    case 'PlaceOrder':
    case 'ModifyOrder':
      return command.order.reduceOnly;
    case 'CancelOrder':
    case 'RequestReport':
    case 'SendAlert':
    case 'AskAdvisor':
      return true;
  }
}

const BROKER_COMMANDS: readonly Command['type'][] = [
  'PlaceBracket',
  'PlaceOrder',
  'ModifyOrder',
  'CancelOrder',
  'RequestReport',
];

export function isBrokerCommand(command: Command): command is BrokerCommand {
  return BROKER_COMMANDS.includes(command.type);
}
