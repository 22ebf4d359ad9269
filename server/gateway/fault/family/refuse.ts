/** An order that IB turns down in one of its manners (ib-protocol 3.7), whatever the exchange would have said. */
import { errorMessage } from '../../answer/system';
import { Fields } from '../../wire/fields';
import type { Message } from '../../wire/frame';
import type { FaultOf } from '../fault';
import { arrives, type Fate, type Scene } from '../scene';

/** Where a placeOrder carries them (ib-protocol 2.2). */
const AT = { orderId: 1, quantity: 17, orderRef: 26, transmit: 27, parentId: 28 };

/** @returns undefined when no refusal is due for this order; one that was is used up */
export function refuseOrder(values: readonly string[], scene: Scene): Fate | undefined {
  const fault = scene.on('rejectNext');
  if (!fault || !(values[AT.orderRef] ?? '').includes(fault.orderRef)) return undefined;
  scene.use('rejectNext');
  const fields = new Fields(values);
  scene.say(...words(fault, fields.integer(AT.orderId), scene.clientId ?? 0));
  if (!fields.flag(AT.transmit) || fields.integer(AT.parentId) === 0) return 'gone';
  return transmitFamilyWithout(values, scene);
}

/** A child that is refused is refused alone: an order of no size carries its transmit flag and becomes nothing (ib-protocol 3.3). */
function transmitFamilyWithout(values: readonly string[], scene: Scene): Fate {
  scene.memory.muted = values[AT.orderId];
  return arrives(values.map((value, i) => (i === AT.quantity ? '0' : value)));
}

function words({ code, manner }: FaultOf<'rejectNext'>, orderId: number, clientId: number): Message[] {
  const status = (word: string): Message => [3, orderId, word, 0, 0, 0, 0, 0, 0, clientId, '', 0];
  const error = errorMessage(
    orderId,
    code,
    'Order rejected - reason:the fault desk of the gateway was told to',
  );
  switch (manner) {
    case 'statusFirst':
      return [status('Inactive'), error];
    case 'errorFirst':
      return [error, status('Inactive')];
    case 'errorOnly':
      return [error];
    case 'apiCancelled':
      return [status('ApiCancelled')];
    case 'inactiveSilently':
      return [status('Inactive')];
  }
}
