/**
 * What is on disk is carried out: each command to the outside world that it names. The last look at the lease is here: a worker that slept
 * may wake up beside its successor, and what it had decided before it slept must not reach the broker (I18).
 */
import { type Command, isBrokerCommand } from '../engine/model/command';
import type { Broker, Lease, Notifier } from '../ports';

export interface DispatchParts {
  broker: Pick<Broker, 'send'>;
  notifier: Notifier;
  lease: Pick<Lease, 'holds'>;
  /** Another worker may trade this account by now. */
  onLeaseLost(): void;
}

export function dispatchTo({ broker, notifier, lease, onLeaseLost }: DispatchParts) {
  return (command: Exclude<Command, { type: 'AskAdvisor' }>): void => {
    if (!isBrokerCommand(command)) {
      if (command.type === 'SendAlert') notifier.notify(command);
    } else if (lease.holds()) {
      broker.send(command);
    } else {
      onLeaseLost();
    }
  };
}
