/**
 * How often each excuse may be given in a thousand seeds: about three times what a hundred thousand of them needed. An excuse that grows
 * hides what it was never meant for, and a run that goes beyond a ceiling fails like one that misses a floor.
 */
const CEILINGS: Readonly<Record<string, number>> = {
  'excused:I1:untold': 90,
  'excused:I1:fullSizeChild': 15,
  'excused:I2:untold': 300,
  'excused:I2:fullSizeChild': 15,
  'excused:I20:outOfReach': 50,
  'excused:L2:foreignOrder': 140,
  'excused:L2:outOfReach': 20,
  'excused:L3:agreedByChance': 700,
};
/** Of every other excuse: so rare that its name need not be here, or new. */
const RARE = 4;
/** Any of them may be met a few times by chance, however few the seeds. */
const BY_CHANCE = 8;
const SEEDS = 1_000;

export function excusesIn(counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(counts)
    .filter(([name]) => name.startsWith('excused:'))
    .sort(([a], [b]) => a.localeCompare(b));
}

/** L1, p99: of a hundred positions one may be bare for longer than a second. */
const COVERED_LATE = 0.01;

function coveredLate({
  coveredLate: late = 0,
  positionHeard: heard = 0,
}: Readonly<Record<string, number>>): readonly string[] {
  return late <= BY_CHANCE + COVERED_LATE * heard
    ? []
    : [`${late} of ${heard} positions were bare for more than a second, at most one in a hundred may be.`];
}

/** @returns one sentence for each excuse that was given too often, and one for positions that were bare too long; none for a run too short to say. */
export function tooOften(counts: Readonly<Record<string, number>>, seeds: number): readonly string[] {
  if (seeds < SEEDS) return [];
  const excuses = excusesIn(counts).flatMap(([name, times]) => {
    const most = Math.max(BY_CHANCE, Math.ceil(((CEILINGS[name] ?? RARE) * seeds) / SEEDS));
    return times > most ? [`${name} was given ${times} times, at most ${most} are expected.`] : [];
  });
  return [...excuses, ...coveredLate(counts)];
}
