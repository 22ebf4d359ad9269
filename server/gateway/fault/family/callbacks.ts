/** What a client hears of its orders: late, twice, in another order, or not at all. What it asks for itself comes as it is. */
import { LIVE_EXECUTION } from '../../answer/execution';
import { UNSET_DECIMAL } from '../../wire/fields';
import type { Message } from '../../wire/frame';
import { IN, OUT } from '../ids';
import { type Family, LOST, type Passing, passes, type Scene } from '../scene';

type Rule = (message: Message, scene: Scene) => readonly Passing[];

const STATUSES_REMEMBERED = 12;
/** Statuses of the same turn go first, ms. */
const AFTER_THE_STATUS_MS = 5;

const statusRule: Rule = (message, scene) => {
  const lost = scene.on('lostStatuses');
  const stale = scene.on('staleStatuses');
  const { statuses } = scene.memory;
  statuses.push(message);
  if (statuses.length > STATUSES_REMEMBERED) statuses.shift();
  const now = lost && scene.chance(lost.share) ? LOST : passes(message);
  if (!stale || !scene.chance(stale.share)) return now;
  const old = statuses[scene.random.below(statuses.length)] ?? message;
  return [...now, ...passes(old, scene.random.below(stale.withinMs))];
};

const executionRule: Rule = (message, scene) => {
  if (Number(message[1]) !== LIVE_EXECUTION) return passes(message);
  const lost = scene.on('lostExecutions');
  if (lost && scene.chance(lost.share)) return LOST;
  const late = scene.on('lateExecutions');
  if (late && scene.chance(late.share)) return passes(message, scene.random.below(late.withinMs));
  return passes(message, scene.on('filledBeforeExecution') ? AFTER_THE_STATUS_MS : 0);
};

const commissionRule: Rule = (message, scene) => {
  if (scene.answering !== undefined && scene.answering !== IN.placeOrder) return passes(message);
  const lost = scene.on('lostCommissions');
  if (lost && scene.chance(lost.share)) return LOST;
  const pending = scene.on('pendingCommissions');
  if (pending && scene.chance(pending.share)) {
    return [...passes(notKnownYet(message)), ...passes(message, scene.random.below(pending.withinMs))];
  }
  const late = scene.on('lateCommissions');
  if (late && scene.chance(late.share)) return passes(message, scene.random.below(late.withinMs));
  return passes(message, scene.on('filledBeforeExecution') ? AFTER_THE_STATUS_MS : 0);
};

/** What a commission report says while IB does not know the charge: the amount is -1, the result unset. */
const notKnownYet = (message: Message): Message => [
  ...message.slice(0, 3),
  -1,
  message[4] ?? '',
  UNSET_DECIMAL,
  ...message.slice(6),
];

/** Each kind of word by its own rule, then what holds for all of them. */
const RULES: Readonly<Record<string, Rule>> = {
  [OUT.orderStatus]: statusRule,
  [OUT.openOrder]: (message) => passes(message),
  [OUT.execDetails]: executionRule,
  [OUT.commissionReport]: commissionRule,
};

export const callbackFamily: Family = {
  outgoing(message, scene) {
    const id = String(message[0]);
    if (id === OUT.error) return passes(message, isAboutAnOrder(message) ? ackDelay(scene) : 0);
    const rule = RULES[id];
    if (!rule || isPartOfReport(scene)) return passes(message);
    const ms = id === OUT.orderStatus || id === OUT.openOrder ? ackDelay(scene) : 0;
    return rule(message, scene).flatMap((passing) => twice(shuffled(delayed(passing, ms), scene), scene));
  },
};

/** Answers to reqOpenOrders, reqExecutions and their like, and the orders that a client finds when it starts. */
function isPartOfReport({ answering }: Scene): boolean {
  return (
    answering !== undefined &&
    answering !== IN.placeOrder &&
    answering !== IN.cancelOrder &&
    answering !== IN.reqGlobalCancel
  );
}

function isAboutAnOrder(message: Message): boolean {
  return Number(message[2]) > 0 && Number(message[3]) !== 300;
}

function ackDelay(scene: Scene): number {
  return scene.on('delayAck')?.byMs ?? 0;
}

function delayed({ message, afterMs }: Passing, ms: number): Passing {
  return { message, afterMs: afterMs + ms };
}

function shuffled(passing: Passing, scene: Scene): Passing {
  const fault = scene.on('reorderedCallbacks');
  return fault && scene.chance(fault.share) ? delayed(passing, scene.random.below(fault.withinMs)) : passing;
}

function twice(passing: Passing, scene: Scene): readonly Passing[] {
  const fault = scene.on('duplicateCallbacks');
  return fault && scene.chance(fault.share) ? [passing, passing] : [passing];
}
