/**
 * What is on disk is carried out: each command to the outside world that it names. The last look at the lease is here: a worker that slept
 * may wake up beside its successor, and what it had decided before it slept must not reach the broker (I18).
 * A disk that takes nothing renews no lease: while the journal has failed, what reduces risk leaves as long as nobody is known to have taken over.
 */
import { type Command, isBrokerCommand, reducesRisk } from '../engine/model/command';
import type { Broker, Lease, Notifier } from '../ports';

export interface DispatchParts {
  broker: Pick<Broker, 'send'>;
  notifier: Notifier;
  lease: Pick<Lease, 'holds' | 'mayHold'>;
  journalFailed(): boolean;
  /** Another worker may trade this account by now. */
  onLeaseLost(): void;
}

export function dispatchTo({ broker, notifier, lease, journalFailed, onLeaseLost }: DispatchParts) {
  const mayLeave = (command: Command) =>
    lease.holds() || (journalFailed() && lease.mayHold() && reducesRisk(command));

  return (command: Exclude<Command, { type: 'AskAdvisor' }>): void => {
    if (!isBrokerCommand(command)) {
      if (command.type === 'SendAlert') notifier.notify(command);
    } else if (mayLeave(command)) {
      broker.send(command);
    } else {
      onLeaseLost();
    }
  };
}
