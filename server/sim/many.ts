/** Many seeds: progress while they run, then what broke, what was reached, and how fast. */
import { excusesIn, tooOften } from './check/ceilings';
import { missedFloors } from './check/floors';
import { type Broken, type ChunkResult, runSeeds } from './pool';

interface Request {
  from: number;
  count: number;
  jobs: number;
  verifyEvery: number;
  goOn: boolean;
}

const FAILURES_SHOWN = 10;
const HOUR_MS = 3_600_000;

/** @returns false when anything broke. */
export async function runMany({ from, count, jobs, verifyEvery, goOn }: Request): Promise<boolean> {
  console.log(
    `Seeds ${from} to ${from + count - 1}, ${jobs} processes. The same again: npm run sim -- --from ${from} --count ${count}`,
  );
  const started = performance.now();
  const total: ChunkResult = {
    from,
    count: 0,
    entries: 0,
    simulatedMs: 0,
    verified: 0,
    counts: {},
    broken: [],
  };
  await runSeeds({
    from,
    count,
    jobs,
    verifyEvery,
    done: (result) => {
      add(total, result);
      for (const broken of result.broken.slice(0, FAILURES_SHOWN)) show(broken);
      progress(total, count, started);
      return goOn || total.broken.length < FAILURES_SHOWN;
    },
  });
  conclude(total, (performance.now() - started) / 1_000);
  const missed = missedFloors(total.counts, total.count);
  for (const text of missed) console.log(`Not reached often enough: ${text}`);
  const beyond = tooOften(total.counts, total.count);
  for (const text of beyond) console.log(`Too often: ${text}`);
  return total.broken.length === 0 && missed.length === 0 && beyond.length === 0;
}

function add(total: ChunkResult, result: ChunkResult): void {
  total.count += result.count;
  total.entries += result.entries;
  total.simulatedMs += result.simulatedMs;
  total.verified += result.verified;
  total.broken.push(...result.broken);
  for (const [name, n] of Object.entries(result.counts)) total.counts[name] = (total.counts[name] ?? 0) + n;
}

function show({ seed, invariant, text, atMs }: Broken): void {
  console.log(`  ${invariant} broken at ${atMs} ms: ${text}\n    npm run sim -- --seed ${seed} --trace`);
}

const PROGRESS_EVERY = 5_000;

function progress(total: ChunkResult, count: number, started: number): void {
  if (total.count % PROGRESS_EVERY !== 0 || total.count === count) return;
  const seconds = (performance.now() - started) / 1_000;
  const left = ((count - total.count) * seconds) / total.count;
  console.log(
    `  ${total.count} of ${count} seeds, ${(total.count / seconds).toFixed(0)} a second, about ${Math.ceil(left / 60)} min left`,
  );
}

function listed(counts: readonly (readonly [string, number])[]): string {
  return counts.map(([name, n]) => `${name} ${n}`).join(', ');
}

function conclude(total: ChunkResult, seconds: number): void {
  const excuses = excusesIn(total.counts);
  const reached = Object.entries(total.counts)
    .filter(([name]) => !excuses.some(([excuse]) => excuse === name))
    .sort(([a], [b]) => a.localeCompare(b));
  console.log(`\nReached: ${listed(reached)}`);
  if (excuses.length > 0) console.log(`Excused: ${listed(excuses)}`);
  const byInvariant = new Map<string, number>();
  for (const { invariant } of total.broken) byInvariant.set(invariant, (byInvariant.get(invariant) ?? 0) + 1);
  if (byInvariant.size > 0) {
    console.log(`Broken: ${[...byInvariant].map(([invariant, n]) => `${invariant} ${n}`).join(', ')}`);
  }
  const hours = (total.simulatedMs / HOUR_MS).toFixed(1);
  console.log(
    `${total.count} seeds (${total.verified} run twice), ${hours} simulated hours, ${total.entries} journal entries, ` +
      `${total.broken.length} violations, ${seconds.toFixed(0)} s, ${(total.count / seconds).toFixed(1)} seeds a second`,
  );
}
