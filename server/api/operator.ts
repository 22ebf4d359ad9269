/** What a person commands: kill switches, approvals, exits, resume. Thin: the worker journals it, and answers then. */
import { operatorCommand } from '../link/protocol';
import { procedure, router } from './trpc';

export const operator = router({
  command: procedure.input(operatorCommand).mutation(({ ctx, input }) => ctx.worker.command(input)),
});
