/** What a client is told when it starts, and what time it is. */
import { errorMessage } from '../../answer/system';
import { NO_ID } from '../../wire/fields';
import type { Message } from '../../wire/frame';
import { IN, OUT } from '../ids';
import { arrives, type Family, passes, type Scene } from '../scene';

const ID_IN_USE = 'Unable to connect as the client id is already in use. Retry with a unique client id.';
const SECOND_MS = 1000;

export const sessionFamily: Family = {
  incoming(values, scene) {
    if (values[0] !== IN.startApi || !scene.on('clientIdInUse')) return arrives(values);
    scene.say(errorMessage(NO_ID, 326, ID_IN_USE));
    scene.close('the client id was said to be in use');
    return 'gone';
  },
  outgoing: (message, scene) => passes(retold(message, scene)),
};

function retold(message: Message, scene: Scene): Message {
  const [id, version, value] = message;
  switch (String(id)) {
    case OUT.nextValidId: {
      const fault = scene.on('lowNextValidId');
      return fault ? [9, version ?? 1, Math.max(1, Number(value) - fault.by)] : message;
    }
    case OUT.managedAccounts: {
      const fault = scene.on('otherAccount');
      return fault ? [15, version ?? 1, fault.account] : message;
    }
    case OUT.currentTime: {
      const fault = scene.on('clockSkew');
      return fault ? [49, version ?? 1, Number(value) + Math.round(fault.byMs / SECOND_MS)] : message;
    }
    case OUT.error:
      return scene.on('badRejectJson') ? [...message.slice(0, 5), '{"reject":'] : message;
    default:
      return message;
  }
}
