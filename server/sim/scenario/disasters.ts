/**
 * The days that were lost, as scripts: what the strategy asked and what broker and market did, in the order and at the pace of the
 * records (safety, F01 to F06). Prices are moved to where the quiet market stands: only distances in ticks matter.
 */
import type { ActKind } from '../act/plan';
import type { Scene } from './stage';

export interface Figures {
  contracts: number | null;
  peak: number | null;
  bareMinutes: number | null;
  note: string;
}

export interface Disaster {
  readonly day: string;
  readonly rows: string;
  readonly startTs: number;
  /** Mean ms between two trades of the quiet market. */
  readonly meanMs: number;
  readonly exchangeMs: number;
  readonly variations: number;
  /** What the records say. */
  readonly recorded: Figures;
  play(scene: Scene): Promise<void>;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** The bot's loop asked again so often. */
const LOOP_MS = 5_500;

async function loop(scene: Scene, forMs: number, everyMs = LOOP_MS): Promise<void> {
  const untilMs = scene.world.ms + forMs;
  while (scene.world.ms < untilMs) {
    await scene.does({ kind: 'exitSignal', symbol: 'MES' });
    await scene.pass(Math.min(everyMs, untilMs - scene.world.ms));
  }
}

async function times(n: number, scene: Scene, act: ActKind): Promise<void> {
  for (let left = n; left > 0; left--) await scene.does(act);
}

const refused = (manner: 'apiCancelled' | 'inactiveSilently'): ActKind => ({
  kind: 'refuse',
  refusal: { role: 'exit', manner, code: 0, text: '' },
});

export const DISASTERS: readonly Disaster[] = [
  {
    day: '12 December',
    rows: 'F16 F47',
    startTs: Date.UTC(2025, 11, 12, 14, 52),
    meanMs: 400,
    exchangeMs: 5,
    variations: 3,
    recorded: { contracts: 2, peak: 1, bareMinutes: 42, note: 'no stop, WAIT not enforced, 34 points lost' },
    play: async (scene) => {
      await scene.pass(73 * SECOND_MS);
      scene.world.advisor.verdict = 'WAIT';
      await scene.wishes({ symbol: 'ES', action: 'BUY', confidence: 0.36 });
      await scene.signal({ symbol: 'ES', confidence: 0.36, verdict: 'WAIT', stopTicks: 16, targetTicks: 16 });
      for (let minute = 0; minute < 42; minute++) {
        await scene.does({ kind: 'jump', ticks: minute % 4 === 0 ? -4 : -3 });
        await scene.pass(MINUTE_MS);
      }
      await scene.does({ kind: 'exitSignal', symbol: 'ES' });
      await scene.pass(12 * SECOND_MS);
    },
  },
  {
    day: '25 December',
    rows: 'F02 F04 F09',
    startTs: Date.UTC(2025, 11, 25, 23, 25),
    meanMs: 400,
    exchangeMs: 20 * SECOND_MS,
    variations: 10,
    recorded: { contracts: 232, peak: 18, bareMinutes: 8.3, note: '52 exits in 498 s, 2 lots became 18' },
    play: async (scene) => {
      scene.limits({ entryLifeMs: 300_000 });
      await scene.holds('MES', 2, { stopTicks: 24, targetTicks: 24 }, 90 * SECOND_MS);
      await times(5, scene, refused('apiCancelled'));
      await loop(scene, 498 * SECOND_MS);
      // the legs of 1995 and 1996 filled after the exits had: here nothing is left of them
      await scene.moves(26);
      await scene.moves(-52);
      await loop(scene, MINUTE_MS);
    },
  },
  {
    day: '26 December',
    rows: 'F05 F06 F07',
    startTs: Date.UTC(2025, 11, 26, 11, 59),
    meanMs: 400,
    exchangeMs: 5,
    variations: 5,
    recorded: {
      contracts: null,
      peak: 1,
      bareMinutes: 58,
      note: '23 exits failed, 95 suppressed, the last made a short',
    },
    play: async (scene) => {
      await scene.holds('MES', 1);
      await scene.does({ kind: 'freeze', forMs: 162 * MINUTE_MS });
      await times(16, scene, refused('apiCancelled'));
      await times(6, scene, refused('inactiveSilently'));
      await loop(scene, 16 * MINUTE_MS);
      await scene.weather({ lostExecutions: 1, lostStatuses: 1 });
      await loop(scene, 73 * MINUTE_MS);
      await scene.weather({ lostExecutions: 0, lostStatuses: 0 });
      await loop(scene, MINUTE_MS);
    },
  },
  {
    day: '29 December',
    rows: 'F01 F03 F08',
    startTs: Date.UTC(2025, 11, 29, 15, 5, 30),
    meanMs: 2_000,
    exchangeMs: 50,
    variations: 3,
    recorded: {
      contracts: null,
      peak: 2,
      bareMinutes: 288,
      note: '7 of 13 exit fills opened or grew a position',
    },
    play: async (scene) => {
      // 09:06:33, 73c3d7b8dc: the target is off the grid and never acknowledged, the stop works
      await scene.does({
        kind: 'refuse',
        refusal: { role: 'target', manner: 'errorOnly', code: 110, text: 'Off tick.' },
      });
      await scene.signal({ symbol: 'MES', side: 'SELL', quantity: 2, stopTicks: 24 });
      await scene.pass(29 * MINUTE_MS);
      // 09:35:12, 2185 fills BUY 2; 09:35:17, asked again with the position of before
      await scene.does({ kind: 'exitSignal', symbol: 'MES' });
      await scene.until('closed', () => scene.position('MES') === 0, MINUTE_MS);
      await loop(scene, 2 * MINUTE_MS);
      for (let n = 0; n < 6; n++) {
        // until 14:23, where the stop and target of a trade that is over would have been
        await scene.does({ kind: 'jump', ticks: n % 2 === 0 ? 26 : -26 });
        await scene.pass(46 * MINUTE_MS);
        await loop(scene, MINUTE_MS);
      }
    },
  },
];
