/** What happened before the lines that the stream still holds, newest first. */
import { z } from 'zod';
import { procedure, router } from './trpc';

const query = z.strictObject({
  limit: z.number().int().min(1).max(200).default(100),
  cursor: z.string().max(60).optional(),
});

export const activity = router({
  list: procedure
    .input(query)
    .query(({ ctx, input }) =>
      ctx.history.ask((reads) => reads.activity({ limit: input.limit, before: input.cursor })),
    ),
});
