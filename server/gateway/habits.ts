/** `--set name=value`: the behaviours in which gateways differ, read from the command line. README.md lists them with their evidence. */
import { z } from 'zod';
import type { ExchangeHabits } from './gateway';
import type { GatewayRules } from './rules';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const rules = z.strictObject({
  masterClientId: whole(0, 2 ** 31 - 1),
  pacing: z.enum(['delay', 'reject', 'none']),
  marketDataLines: whole(2, 100_000),
  marketData: z.enum(['live', 'delayed', 'none']),
  executionsOf: z.enum(['own', 'all']),
  presetNotice: flag,
  marketDataRefusal: z.enum(['classic', 'specific']),
  snapshotEndMs: whole(0, 600_000),
  outsideRthNotice: flag,
  crossSideNotice: flag,
  historyPacing: z.enum(['smallBars', 'all', 'none']),
});

const exchange = z.strictObject({
  startingCash: whole(0, 1_000_000_000),
  latencyMs: whole(0, 600_000),
  childActivation: z.enum(['onFill', 'onFullFill', 'fullSize']),
  stopsWaitForLiquidHours: flag,
  fillReporting: z.enum(['executionFirst', 'statusFirst', 'withOpenOrders', 'noStatus']),
  rejectionReporting: z.enum(['statusFirst', 'errorFirst', 'errorOnly']),
  acknowledgement: z.enum(['direct', 'pendingSubmit']),
  changeInFlight: z.enum(['queued', 'refused']),
  orderSizeMax: whole(1, 1_000_000),
  orderValueMax: whole(1, 1_000_000_000_000),
  duplicateReports: whole(0, 5),
  pendingCancel: z.enum(['whileOnItsWay', 'always']),
  marketProtectionTicks: whole(0, 10_000),
  tradesRemembered: whole(0, 10_000_000),
});

const known = new Map<string, z.ZodType>(Object.entries({ ...rules.shape, ...exchange.shape }));

/** All that `--set` knows. */
export const HABIT_NAMES: readonly string[] = [...known.keys()];

export type Habits = { rules: Partial<GatewayRules>; exchange: ExchangeHabits };
type Reading = { ok: true; habits: Habits } | { ok: false; reason: string };

/** `texts` as typed, each `name=value`; the reason is a sentence without its full stop. */
export function readHabits(texts: readonly string[]): Reading {
  const said: Record<string, string> = {};
  for (const text of texts) {
    const [name = '', ...value] = text.split('=');
    const kind = known.get(name);
    if (!kind) return refuse(`--set knows no "${name}"; it knows ${HABIT_NAMES.join(', ')}`);
    if (!kind.safeParse(value.join('=')).success)
      return refuse(`--set ${text} cannot be; server/gateway/README.md lists what "${name}" may be`);
    said[name] = value.join('=');
  }
  const pick = (names: object) => Object.fromEntries(Object.entries(said).filter(([name]) => name in names));
  return {
    ok: true,
    habits: {
      rules: rules.partial().parse(pick(rules.shape)),
      exchange: exchange.partial().parse(pick(exchange.shape)),
    },
  };
}

function refuse(reason: string): Reading {
  return { ok: false, reason };
}
