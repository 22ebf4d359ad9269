/** What is on disk is carried out: each command to the outside world that it names. */
import { type Command, isBrokerCommand } from '../engine/model/command';
import type { Broker, Notifier } from '../ports';

export function dispatchTo({ broker, notifier }: { broker: Pick<Broker, 'send'>; notifier: Notifier }) {
  return (command: Exclude<Command, { type: 'AskAdvisor' }>): void => {
    if (isBrokerCommand(command)) broker.send(command);
    else if (command.type === 'SendAlert') notifier.notify(command);
  };
}
