/** What a client is told when it asks: a report with an order missing, positions of a moment ago, corrected executions. */

import type { Position } from '../../../exchange/words';
import { position } from '../../answer/account';
import { execDetails } from '../../answer/execution';
import type { Message } from '../../wire/frame';
import type { Fault } from '../fault';
import { IN, OUT } from '../ids';
import { type Family, type Hands, LOST, type Passing, passes, type Scene, type Tools } from '../scene';

export const reportFamily: Family = {
  outgoing(message, scene) {
    switch (String(message[0])) {
      case OUT.openOrder:
      case OUT.orderStatus:
        return missing(message, scene) ? LOST : passes(message);
      case OUT.openOrderEnd:
        scene.memory.leftOut.clear();
        return passes(message);
      case OUT.position:
        return scene.on('stalePositions') && scene.answering === IN.reqPositions ? LOST : passes(message);
      case OUT.positionEnd:
        return [...stalePage(scene), ...passes(message)];
      case OUT.execDetails:
        return passes(corrected(message, scene));
      default:
        return passes(message);
    }
  },
  begins(fault, hands, tools) {
    if (fault.kind === 'stalePositions') tools.shared.positions.push(pageOf(hands));
    if (fault.kind === 'correctedExecution') correct(fault, hands, tools);
  },
  ends(fault, _hands, tools) {
    if (fault.kind === 'stalePositions') tools.shared.positions.length = 0;
  },
};

/** @returns the page as it is now, with the moment it was noted */
export function pageOf({ exchange }: Hands): { wallMs: number; page: readonly Position[] } {
  return { wallMs: Date.now(), page: exchange.positions() };
}

/** The order and its status are left out together. */
function missing(message: Message, scene: Scene): boolean {
  const fault = scene.on('missingOrders');
  if (!fault || !(scene.answering === IN.reqOpenOrders || scene.answering === IN.reqAllOpenOrders))
    return false;
  const { leftOut } = scene.memory;
  const key = `${message[1]}`;
  if (String(message[0]) === OUT.openOrder && scene.chance(fault.share)) leftOut.add(key);
  return leftOut.has(key);
}

function stalePage({ on, answering, shared }: Scene): readonly Passing[] {
  const fault = on('stalePositions');
  if (!fault || answering !== IN.reqPositions) return [];
  const asOf = Date.now() - fault.byMs;
  const noted = shared.positions.findLast(({ wallMs }) => wallMs <= asOf) ?? shared.positions[0];
  return (noted?.page ?? []).flatMap((held) => passes(position(held)));
}

/** The same id but for what follows its last dot (ib-protocol 3.8). */
function correct(
  { ticks }: Extract<Fault, { kind: 'correctedExecution' }>,
  hands: Hands,
  { shared }: Tools,
): void {
  const last = hands.exchange.executions().at(-1)?.execution;
  if (!last || shared.corrections.has(last.execId)) return;
  const execId = last.execId.replace(/\d+$/, '02');
  const execution = { ...last, execId, price: last.price + ticks * last.contract.minTick };
  shared.corrections.set(last.execId, execution);
  hands.publish([{ kind: 'execDetails', ts: hands.exchange.now, execution }]);
}

const EXEC_ID = 14;

function corrected(message: Message, { shared, version }: Scene): Message {
  const correction = shared.corrections.get(String(message[EXEC_ID]));
  return correction ? execDetails(Number(message[1]), correction, version) : message;
}
