/** An order becomes a fixture with its test: the case as it was read, and what today's guards say of it. */
import path from 'node:path';
import { DEFAULT_LIMITS } from '../../engine/model/limits';
import { asText, judgeAlone } from '../judge/judge';
import type { Setting } from '../judge/setting';
import type { OrderCase } from '../model/order-case';

/**
 * @param room from where it will stand to this room (server/replay), as an import says it: `..`
 * @returns the text of a vitest file that fails as soon as a guard says something else of this order.
 */
export function testOf(order: OrderCase, setting: Setting, room: string): string {
  const { outcome, reasons } = judgeAlone(order, setting);
  const kept = {
    ...order,
    evidence: order.evidence.map((one) => ({ ...one, source: path.basename(one.source) })),
  };
  return `/** Exported by \`interlock replay\`: an order that a bot placed, and what the guards say of it. */
import { expect, it } from 'vitest';
import { judgeAlone } from '${room}/judge/judge';
import { DEFAULT_SETTING } from '${room}/judge/setting';
import type { OrderCase } from '${room}/model/order-case';

const order: OrderCase = ${literal(kept)};

it(${JSON.stringify(`${asText(order)} is ${outcome}`)}, () => {
  const { outcome, reasons } = judgeAlone(order, ${settingText(setting)});
  expect({ outcome, reasons }).toEqual(${literal({ outcome, reasons })});
});
`;
}

/** Only what differs from the defaults: those may change with the product. */
function settingText({ limits, tickSize, multiplier }: Setting): string {
  const changed = Object.entries(limits).filter(
    ([name, value]) => DEFAULT_LIMITS[name as keyof typeof DEFAULT_LIMITS] !== value,
  );
  const parts = [
    ...(changed.length > 0
      ? [`limits: { ...DEFAULT_SETTING.limits, ...${literal(Object.fromEntries(changed))} }`]
      : []),
    ...(tickSize === null ? [] : [`tickSize: ${tickSize}`]),
    ...(multiplier === null ? [] : [`multiplier: ${multiplier}`]),
  ];
  return parts.length === 0 ? 'DEFAULT_SETTING' : `{ ...DEFAULT_SETTING, ${parts.join(', ')} }`;
}

/** JSON is JavaScript, and quoted lines may hold anything that JSON can. */
function literal(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
