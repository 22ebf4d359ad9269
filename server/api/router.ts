/** The whole API: one router a noun. The browser knows it by its type only. */
import { activity } from './activity';
import { cycles } from './cycles';
import { incidents } from './incidents';
import { live } from './live';
import { operator } from './operator';
import { router } from './trpc';

export const appRouter = router({ live, operator, cycles, activity, incidents });
export type AppRouter = typeof appRouter;
