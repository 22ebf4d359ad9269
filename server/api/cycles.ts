/** Cycles from the journal: a page of them newest first, and one with everything that was concluded about it. */
import { z } from 'zod';
import type { CycleStory } from '../adapters/journal/reads';
import { REASON_CODES } from '../engine/model/reason';
import { CYCLE_OUTCOMES, CYCLE_PHASES } from './cycle-words';
import { problem } from './errors';
import { procedure, router } from './trpc';

const query = z.strictObject({
  symbol: z.string().min(1).max(16).optional(),
  phase: z.enum(CYCLE_PHASES).optional(),
  outcome: z.enum(CYCLE_OUTCOMES).optional(),
  reason: z.enum(REASON_CODES).optional(),
  limit: z.number().int().min(1).max(200).default(50),
  cursor: z.string().max(120).optional(),
});

/**
 * Facts speak in ticks, the row in decimals: the same stop said both ways gives the tick.
 * @returns points a tick, or null for a cycle that never had a price on the grid.
 */
export function tickSizeOf({ row, facts }: Pick<CycleStory, 'row' | 'facts'>): number | null {
  for (const { fact } of facts) {
    if (fact.type !== 'BracketJournaled' || row.stopPrice === null || !fact.stop.triggerTicks) continue;
    return Math.round((row.stopPrice / fact.stop.triggerTicks) * 1e8) / 1e8;
  }
  return null;
}

export const cycles = router({
  list: procedure
    .input(query)
    .query(({ ctx, input: { cursor, ...filter } }) =>
      ctx.history.ask((reads) => reads.cycles({ ...filter, before: cursor })),
    ),

  byId: procedure
    .input(z.strictObject({ cycleId: z.string().min(1).max(64) }))
    .query(async ({ ctx, input }) => {
      const story = await ctx.history.ask((reads) => reads.cycle(input.cycleId));
      if (story === null)
        throw problem('NO_SUCH_CYCLE', `There is no cycle ${input.cycleId} in this journal.`);
      return { ...story, tickSize: tickSizeOf(story) };
    }),
});
