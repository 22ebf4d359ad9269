/** The whole API: one router a noun. The browser knows it by its type only. */
import { activity } from './activity';
import { cycles } from './cycles';
import { live } from './live';
import { operator } from './operator';
import { router } from './trpc';

export const appRouter = router({ live, operator, cycles, activity });
export type AppRouter = typeof appRouter;
