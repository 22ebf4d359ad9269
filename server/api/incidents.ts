/** Incidents: logs and order databases of a bot, run through today's guards in a process of their own. */
import { z } from 'zod';
import { readDay, readOrder, readSummary } from '../incidents/result';
import { ID, IncidentRefused } from '../incidents/words';
import { settingUnder } from '../replay/judge/set-limit';
import { InputError } from '../replay/model/input-error';
import { problem } from './errors';
import { procedure, router } from './trpc';

const id = z.string().regex(ID, 'An incident is named by its id.');
const place = z.strictObject({ offset: z.int().nonnegative(), bytes: z.int().positive() });

/** What its owner can put right is said to him; the rest is ours. */
async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof IncidentRefused || error instanceof InputError)
      throw problem('BAD_INPUT', error.message, error);
    throw error;
  }
}

export const incidents = router({
  list: procedure.query(({ ctx }) => ctx.incidents.reader.cards()),

  byId: procedure.input(z.strictObject({ id })).query(({ ctx: { incidents: desk }, input }) =>
    answered(
      (async () => {
        const incident = await desk.reader.card(input.id);
        const summary =
          incident.phase.name === 'done' ? await readSummary(desk.shelf.resultDir(input.id)) : null;
        return { incident, summary };
      })(),
    ),
  ),

  day: procedure
    .input(z.strictObject({ id, day: z.string().max(10) }))
    .query(({ ctx, input }) => answered(readDay(ctx.incidents.shelf.resultDir(input.id), input.day))),

  order: procedure
    .input(z.strictObject({ id, at: place }))
    .query(({ ctx, input }) => answered(readOrder(ctx.incidents.shelf.resultDir(input.id), input.at))),

  create: procedure
    .input(z.strictObject({ title: z.string().trim().min(1).max(80) }))
    .mutation(({ ctx, input }) => answered(ctx.incidents.shelf.create(input.title))),

  read: procedure
    .input(z.strictObject({ id, limits: z.array(z.string().max(80)).max(40).default([]) }))
    .mutation(({ ctx: { incidents: desk }, input }) =>
      answered(
        (async () => {
          // a limit that there is not is told before anything is read
          settingUnder(input.limits);
          return desk.reader.start(input.id, input.limits);
        })(),
      ),
    ),

  remove: procedure.input(z.strictObject({ id })).mutation(({ ctx, input }) =>
    answered(
      (async () => {
        await ctx.incidents.reader.stop(input.id);
        await ctx.incidents.shelf.remove(input.id);
      })(),
    ),
  ),
});
