/** What happens to what a client asks: lost, late, refused. */
import { errorMessage } from '../../answer/system';
import { NO_ID } from '../../wire/fields';
import { IN, OUT, QUESTIONS } from '../ids';
import { arrives, type Family, type Fate, LOST, passes, type Scene } from '../scene';
import { refuseOrder } from './refuse';

/** So many violations end the connection (ib-protocol 3.9). */
const VIOLATIONS_MAX = 3;

export const requestFamily: Family = {
  incoming(values, scene) {
    if (scene.clientId === undefined || values[0] === IN.startApi) return arrives(values);
    const afterMs = scene.on('slowRequests')?.byMs ?? 0;
    return violation(scene) ?? answered(values, scene) ?? arrives(values, afterMs);
  },
  outgoing(message, scene) {
    const muted = scene.memory.muted;
    const about = String(message[0]) === OUT.error ? message[2] : message[1];
    return muted !== undefined && ABOUT_ORDERS.has(String(message[0])) && String(about) === muted
      ? LOST
      : passes(message);
  },
};

const ABOUT_ORDERS: ReadonlySet<string> = new Set([OUT.error, OUT.openOrder, OUT.orderStatus]);

function violation(scene: Scene): Fate | undefined {
  if (!scene.on('pacingViolation')) return undefined;
  scene.memory.pacingViolations += 1;
  scene.say(errorMessage(NO_ID, 100, 'Max rate of messages per second has been exceeded:'));
  if (scene.memory.pacingViolations >= VIOLATIONS_MAX) scene.close('too many messages a second, it was said');
  return 'gone';
}

/** What becomes of a request that is not to arrive as it is; undefined for all others. */
function answered(values: readonly string[], scene: Scene): Fate | undefined {
  const [id = ''] = values;
  if (id === IN.placeOrder) return placed(values, scene);
  if (id === IN.cancelOrder || id === IN.reqGlobalCancel) return cancelled(values, scene);
  const lost = QUESTIONS.has(id) ? scene.on('lostAnswers') : undefined;
  return lost && scene.chance(lost.share) ? 'gone' : undefined;
}

function placed(values: readonly string[], scene: Scene): Fate | undefined {
  const lost = scene.on('lostOrders');
  if (lost && scene.chance(lost.share)) return 'gone';
  const orderId = Number(values[1]);
  const isChange = scene.hands.exchange
    .openOrders(scene.clientId ?? 0)
    .some((open) => open.orderId === orderId);
  if (!isChange) return refuseOrder(values, scene);
  const refused = scene.on('refusedChanges');
  if (!refused || !scene.chance(refused.share)) return undefined;
  scene.say(errorMessage(orderId, 2102, 'Order is still being processed.'));
  return 'gone';
}

function cancelled(values: readonly string[], scene: Scene): Fate | undefined {
  const lost = scene.on('lostCancels');
  if (lost && scene.chance(lost.share)) return 'gone';
  const unknown = values[0] === IN.cancelOrder ? scene.on('unknownCancels') : undefined;
  if (!unknown || !scene.chance(unknown.share)) return undefined;
  const orderId = Number(scene.version >= 192 ? values[1] : values[2]);
  scene.say(errorMessage(orderId, 10147, `OrderId ${orderId} that needs to be cancelled is not found.`));
  return 'gone';
}
