/** The connection itself: cut, silent, stalled, refused, moved. Bytes one at a time are the line's own affair. */
import { errorMessage } from '../../answer/system';
import { NO_ID } from '../../wire/fields';
import type { Fault } from '../fault';
import { arrives, type Family, type Hands, LOST, passes, type Tools } from '../scene';

export const wireFamily: Family = {
  outgoing: (message, scene) => (scene.on('halfOpen') ? LOST : passes(message)),
  incoming: (values, scene) => (scene.on('halfOpen') ? 'gone' : arrives(values)),
  begins,
  ends,
};

function begins(fault: Fault, hands: Hands, tools: Tools): void {
  switch (fault.kind) {
    case 'dropTcp':
      hands.dropClients(fault.client);
      break;
    case 'refuseConnects':
      hands.stopListening();
      break;
    case 'portReset':
      resetPort(fault.port, hands, tools);
      break;
    case 'restart':
      hands.stopListening();
      hands.dropClients();
      if (!fault.keepOrders) forgetOrders(hands);
      tools.after(fault.downMs, () => hands.listenAgain());
      break;
    default:
      break;
  }
}

function ends(fault: Fault, hands: Hands): void {
  if (fault.kind === 'refuseConnects') hands.listenAgain();
  if (fault.kind === 'halfOpen') hands.dropClients(fault.client);
}

function resetPort(port: number, hands: Hands, tools: Tools): void {
  const where = port === 0 ? '' : ` - ${port}`;
  const text = `TWS socket port has been reset and this connection is being dropped.  Please reconnect on the new port${where}`;
  for (const client of hands.clients) client.send(errorMessage(NO_ID, 1300, text));
  if (port !== 0) {
    hands.stopListening();
    hands.listenAgain(port);
  }
  tools.after(0, () => hands.dropClients());
}

/** They are gone, and nobody is told: what a gateway that does not keep orders looks like to a client that comes back. */
function forgetOrders({ exchange }: Hands): void {
  exchange.globalCancel(0);
}
