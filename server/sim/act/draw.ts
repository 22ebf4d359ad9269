/** A seed's plan. Each seed draws its own subset of what can go wrong and its own intensity: a storm of everything would hide the corners. */
import { seededRandom } from '../../exchange/random';
import { Draw } from './luck';
import type { Act, ActKind, Plan } from './plan';
import { settingOf } from './setting';
import { signal } from './signal';
import { LATER_THEMES, THEMES } from './themes';

export function planOf(seed: number): Plan {
  const draw = new Draw(seededRandom(Math.imul(seed, 0x9e3779b1) ^ 0x2545f491));
  const healMs = draw.between(12_000, 40_000);
  const themes = THEMES.filter((theme) => draw.chance(theme.often));
  const entries = Array.from({ length: draw.between(2, 7) }, () => draw.between(2_500, healMs - 2_000));
  const acts: Act[] = entries.map((atMs) => ({ atMs, ...signal(draw) }));
  const add = (act: ActKind) => acts.push({ atMs: momentOf(draw, entries, healMs), ...act });
  for (const theme of themes) theme.add(draw, add);
  const later = new Draw(seededRandom(Math.imul(seed, 0x9e3779b1) ^ 0x6c8e9cf5));
  const addLater = (act: ActKind) => acts.push({ atMs: momentOf(later, entries, healMs), ...act });
  for (const theme of LATER_THEMES) if (later.chance(theme.often)) theme.add(later, addLater);
  acts.sort((a, b) => a.atMs - b.atMs);
  return { seed, setting: settingOf(draw), acts, healMs };
}

/** Mostly while an entry is on its way, fills or has just filled: trouble at another time meets an engine that holds nothing. */
function momentOf(draw: Draw, entries: readonly number[], healMs: number): number {
  const after = draw.pick([50, 300, 1_500, 6_000]);
  if (draw.chance(0.75)) return Math.min(healMs - 500, draw.pick(entries) + draw.between(0, after));
  return draw.between(1_500, healMs - 500);
}
