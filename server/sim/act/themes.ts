/**
 * What can go wrong, and what people do: each hour has a theme or has it not, and draws how much of it. The order of the table is part of
 * what a seed means: a new theme goes into the second table.
 */
import type { RefusalToCome } from '../broker/refuse';
import type { Weather } from '../broker/weather';
import type { CrashPoint } from '../disk';
import type { Draw } from './luck';
import type { ActKind } from './plan';
import { symbolOf } from './signal';

const ROLES = ['entry', 'target', 'stop', 'exit', 'emergency'] as const;
const REFUSALS: readonly Pick<RefusalToCome, 'code' | 'text'>[] = [
  { code: 201, text: 'Order rejected - reason:margin' },
  { code: 110, text: 'The price does not conform to the minimum price variation for this contract.' },
  { code: 103, text: 'Duplicate order id' },
  { code: 10006, text: 'Missing parent order' },
];
const MANNERS: readonly RefusalToCome['manner'][] = [
  'statusFirst',
  'errorFirst',
  'errorOnly',
  'apiCancelled',
  'inactiveSilently',
];
const POINTS: readonly (CrashPoint | 'now')[] = [
  'append.before',
  'append.after',
  'send.before',
  'send.mid',
  'send.mid',
  'send.after',
  'now',
];

interface Theme {
  readonly often: number;
  add(draw: Draw, add: (act: ActKind) => void): void;
}

const times = (draw: Draw, most: number, act: () => void) => {
  for (let n = draw.between(1, most); n > 0; n--) act();
};

const spoil = (
  what: keyof Weather,
  levels: readonly number[],
  spanMs: readonly [number, number],
  more?: Partial<Weather>,
): Theme => ({
  often: 0.12,
  add: (draw, add) =>
    add({ kind: 'weather', set: { [what]: draw.pick(levels), ...more }, forMs: draw.between(...spanMs) }),
});

const LONG = [3_000, 40_000] as const;
const SHORT = [500, 8_000] as const;

export const THEMES: readonly Theme[] = [
  // what people and programs do
  {
    often: 0.5,
    add: (draw, add) => times(draw, 4, () => add({ kind: 'exitSignal', symbol: symbolOf(draw) })),
  },
  {
    often: 0.35,
    add: (draw, add) =>
      times(draw, 3, () =>
        add({
          kind: 'operator',
          does: draw.pick(['HaltEntries', 'Halt', 'Resume', 'CancelEntries', 'Flatten']),
          scope: draw.pick(['*', '*', 'ES', 'MES']),
          twice: draw.chance(0.3),
          by: draw.pick(['ana', 'ben']),
        }),
      ),
  },
  { often: 0.1, add: (_, add) => add({ kind: 'replaySignal' }) },
  { often: 0.03, add: (_, add) => add({ kind: 'abandonFlatten' }) },
  {
    often: 0.15,
    add: (draw, add) =>
      times(draw, 3, () =>
        add({ kind: 'decideOrphan', decision: draw.pick(['adopt', 'flatten', 'ignore']) }),
      ),
  },
  {
    often: 0.25,
    add: (draw, add) => times(draw, 2, () => add({ kind: 'exitPosition', symbol: symbolOf(draw) })),
  },
  {
    often: 0.3,
    add: (draw, add) =>
      times(draw, 3, () => add({ kind: 'approve', forged: draw.chance(0.2), twice: draw.chance(0.3) })),
  },
  { often: 0.1, add: (_, add) => add({ kind: 'reject' }) },
  {
    often: 0.12,
    add: (draw, add) =>
      times(draw, 2, () =>
        add({
          kind: 'manualTrade',
          symbol: symbolOf(draw),
          signed: draw.pick([-2, -1, 1, 2]),
          clientId: draw.pick([0, 3]),
        }),
      ),
  },
  {
    often: 0.08,
    add: (draw, add) =>
      add({
        kind: 'manualOrder',
        symbol: symbolOf(draw),
        side: draw.pick(['BUY', 'SELL']),
        quantity: draw.between(1, 2),
        awayTicks: draw.between(2, 30),
        clientId: draw.pick([0, 3]),
      }),
  },
  // what the broker does
  {
    often: 0.25,
    add: (draw, add) =>
      times(draw, 2, () =>
        add({
          kind: 'brokerCancels',
          role: draw.pick(['stop', 'stop', 'target', 'entry', 'exit', 'emergency']),
        }),
      ),
  },
  {
    often: 0.35,
    add: (draw, add) =>
      times(draw, 4, () =>
        add({
          kind: 'refuse',
          refusal: { role: draw.pick(ROLES), ...draw.pick(REFUSALS), manner: draw.pick(MANNERS) },
        }),
      ),
  },
  { often: 0.06, add: (draw, add) => add({ kind: 'correct', ticks: draw.pick([-2, -1, 1, 2]) }) },
  { often: 0.08, add: (draw, add) => times(draw, 2, () => add({ kind: 'replayOpenOrders' })) },
  spoil('duplicates', [0.2, 0.6, 1], LONG),
  spoil('lostStatuses', [0.1, 0.4, 1], LONG),
  spoil('lostExecutions', [0.3, 1], SHORT),
  spoil('lateExecutions', [0.3, 1], LONG, { lateExecutionMs: 4_000 }),
  spoil('lateCommissions', [0.5, 1], LONG),
  spoil('lostCommissions', [0.5, 1], LONG),
  spoil('staleStatuses', [0.2, 0.6], LONG),
  spoil('lostOrders', [0.2, 1], SHORT),
  spoil('lostCancels', [0.3, 1], SHORT),
  spoil('lostAnswers', [0.2, 1], SHORT),
  spoil('stalePositionsMs', [500, 2_000, 10_000], SHORT),
  spoil('missingOrders', [0.2, 1], SHORT),
  spoil('unknownCancels', [0.5, 1], SHORT),
  spoil('refusedChanges', [0.5, 1], SHORT),
  spoil('nonsenseQuotes', [0.3, 1], SHORT),
  // what the market does
  {
    often: 0.3,
    add: (draw, add) => times(draw, 3, () => add({ kind: 'jump', ticks: draw.between(-60, 60) })),
  },
  { often: 0.12, add: (draw, add) => add({ kind: 'freeze', forMs: draw.between(2_000, 20_000) }) },
  // what lines and machines do
  { often: 0.2, add: (draw, add) => times(draw, 3, () => add({ kind: 'dropLine' })) },
  {
    often: 0.12,
    add: (draw, add) =>
      add({ kind: 'gatewayDown', forMs: draw.between(500, 15_000), rollback: draw.pick([0, 0, 5, 1_000]) }),
  },
  { often: 0.12, add: (draw, add) => add({ kind: 'deaf', forMs: draw.between(500, 15_000) }) },
  {
    often: 0.15,
    add: (draw, add) =>
      times(draw, 2, () =>
        add({ kind: 'upstream', forMs: draw.between(500, 12_000), code: draw.pick([1101, 1102]) }),
      ),
  },
  {
    often: 0.25,
    add: (draw, add) =>
      times(draw, 2, () =>
        add({
          kind: 'crash',
          point: draw.pick(POINTS),
          downMs: draw.between(100, 10_000),
          clientId: draw.chance(0.08) ? 8 : null,
          restore: draw.chance(0.1) ? draw.between(1, 30) : 0,
        }),
      ),
  },
  {
    often: 0.06,
    add: (draw, add) =>
      add({
        kind: 'twoWorkers',
        sleepMs: draw.between(4_000, 12_000),
        clientId: draw.chance(0.3) ? 8 : null,
      }),
  },
  {
    often: 0.06,
    add: (draw, add) =>
      add({ kind: 'slowDisk', ms: draw.pick([100, 700, 3_000]), forMs: draw.between(1_000, 8_000) }),
  },
  { often: 0.03, add: (draw, add) => add({ kind: 'diskFull', forMs: draw.between(200, 8_000) }) },
  { often: 0.1, add: (draw, add) => add({ kind: 'stall', forMs: draw.between(500, 20_000) }) },
  { often: 0.08, add: (draw, add) => add({ kind: 'clockForward', ms: draw.pick([300, 5_000, 3_600_000]) }) },
];

/** Added since: drawn by a generator of their own, so that every hour without them stays as it was. */
export const LATER_THEMES: readonly Theme[] = [
  { often: 0.05, add: (draw, add) => add({ kind: 'takeQuotes', forMs: draw.between(10_000, 45_000) }) },
];
