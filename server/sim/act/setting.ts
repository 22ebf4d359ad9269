/** The hour that is drawn, its market, and the customs of its broker. */
import type { Draw } from './luck';
import type { Setting } from './plan';

/** Hours at which it may begin: mostly in the middle of a session, sometimes shortly before a close. */
const STARTS: readonly number[] = [
  Date.UTC(2025, 11, 12, 14, 45),
  Date.UTC(2025, 11, 3, 15, 30),
  Date.UTC(2026, 0, 7, 20, 0),
];
/** Shortly before it opens or closes. Friday's close is too long a wait to simulate to its end. */
const NEAR_EDGES: readonly number[] = [
  // the daily halt of a Wednesday, 16:00 to 17:00 US/Central
  Date.UTC(2025, 11, 3, 21, 59, 40),
  Date.UTC(2025, 11, 3, 22, 59, 50),
  // the early close of 24 December, 12:15
  Date.UTC(2025, 11, 24, 18, 14, 45),
  // Sunday's opening, 17:00, and Friday's close, 16:00
  Date.UTC(2025, 11, 7, 22, 59, 52),
  Date.UTC(2025, 11, 5, 21, 59, 40),
];

export function settingOf(draw: Draw): Setting {
  const startTs = draw.chance(0.06) ? draw.pick(NEAR_EDGES) : draw.pick(STARTS);
  const least = draw.between(0, 5);
  return {
    startTs,
    mood: {
      meanMs: draw.pick([300, 600, 1_200]),
      deviation: draw.pick([1, 1, 2, 4]),
      jumps: draw.pick([0, 0.01, 0.05]),
      jumpTicks: draw.pick([10, 30, 60]),
      depth: draw.pick([1, 1, 2, 20]),
    },
    childActivation: draw.pick(['onFill', 'onFill', 'onFill', 'onFullFill', 'fullSize']),
    fillReporting: draw.pick(['executionFirst', 'statusFirst']),
    othersExecutions: draw.chance(0.5),
    keepsOrdersWhileCut: draw.chance(0.5),
    lineMs: [least, least + draw.pick([0, 5, 40, 200])],
    exchangeMs: draw.pick([0, 0, 5, 50, 300]),
    diskMs: draw.pick([0, 0, 0, 3, 30]),
    shuffle: draw.chance(0.5),
    quoteMs: draw.pick([250, 500, 1_000]),
    quietMs: draw.pick([0, 3_000, 8_000]),
  };
}
