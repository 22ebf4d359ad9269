/** A process of the pool: runs chunks of seeds as it is told, and says what became of them. */
import { planOf } from './act/draw';
import type { Chunk, ChunkResult } from './pool';
import { runPlan } from './run';

async function runChunk({ from, count, verifyEvery }: Chunk): Promise<ChunkResult> {
  const result: ChunkResult = {
    from,
    count,
    entries: 0,
    simulatedMs: 0,
    verified: 0,
    counts: {},
    broken: [],
  };
  for (let seed = from; seed < from + count; seed++) {
    const plan = planOf(seed);
    const verify = verifyEvery > 0 && seed % verifyEvery === 0;
    const { violation, counts, entries, simulatedMs, digest } = await runPlan(plan, { digest: verify });
    result.entries += entries;
    result.simulatedMs += simulatedMs;
    for (const [name, n] of counts) result.counts[name] = (result.counts[name] ?? 0) + n;
    if (violation) result.broken.push({ seed, ...violation });
    if (!verify) continue;
    result.verified += 1;
    const again = await runPlan(plan, { digest: true });
    if (again.digest === digest) continue;
    const text = `Two runs of the same seed differ: ${digest} and ${again.digest}.`;
    result.broken.push({ seed, invariant: 'determinism', text, atMs: 0 });
  }
  return result;
}

process.on('message', (chunk: Chunk) => {
  runChunk(chunk).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
