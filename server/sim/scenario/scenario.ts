/**
 * How a scenario is told and played. Under vitest each is a test; loaded by anything else (the mutants) it only joins the list.
 * Rows that no engine can meet, and where they are met instead: F37 (foreign keys: the journal's tests), F43 (a call that blocks the event
 * loop: nothing here is synchronous; a loop that stands still is F42), F45 (unfilled log lines: typed words), F46 and F50 (accounts in git,
 * doors without a lock: safety, section 6).
 * `SCENE=7 npx vitest run server/sim/scenario -t S-04` plays one variation and tells everything that happens in it.
 */
import type { Setting } from '../act/plan';
import { Scene } from './stage';

export interface Scenario {
  /** Rows of the failure catalogue and names of directed scenarios (safety, sections 2 and 4.8) that it stands for. */
  readonly rows: readonly string[];
  readonly title: string;
  readonly setting: Partial<Setting>;
  readonly variations: number;
  /** False: it ends with something that only a person or an open venue can end. */
  readonly rests: boolean;
  /** What is to be printed once all variations have been played. */
  readonly summary: (() => string) | null;
  act(scene: Scene): Promise<void>;
}

/** Latencies, orders of events and readings of IB's behaviour, each scenario in so many mixtures of them (safety, section 4.7). */
const VARIATIONS = 20;

export const SCENARIOS: Scenario[] = [];

const vitest = process.env.VITEST ? await import('vitest') : null;
const only = process.env.SCENE ? Number(process.env.SCENE) : null;

/** @param rows names, with spaces between. */
export function scenario(
  rows: string,
  title: string,
  act: Scenario['act'],
  { setting = {}, variations = VARIATIONS, rests = true, summary = null }: Partial<Scenario> = {},
): void {
  const told: Scenario = { rows: rows.split(' '), title, setting, variations, rests, summary, act };
  SCENARIOS.push(told);
  vitest?.test(`${rows}: ${title}`, { timeout: 120_000 }, () => playAll(told));
}

async function playAll(told: Scenario): Promise<void> {
  if (only !== null) return play(told, only, console.log);
  for (let variation = 0; variation < told.variations; variation++) await play(told, variation);
  if (told.summary) console.log(told.summary());
}

/** @throws what broke, with the variation in which it did. */
export async function play(
  told: Scenario,
  variation: number,
  trace: ((line: string) => void) | null = null,
): Promise<void> {
  const scene = new Scene(variation, told.setting, trace);
  try {
    await scene.opens();
    await told.act(scene);
    if (told.rests) await scene.rests();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`variation ${variation}, at ${scene.world.ms} ms: ${why}`, { cause });
  }
}
