/** tRPC, set up once: what every procedure knows, how errors look outside, how often the stream proves that it lives. */
import { initTRPC } from '@trpc/server';
import type { IncidentDesk } from '../incidents/desk';
import type { WorkerDoor } from './door';
import { problemOf, publicMessage } from './errors';
import type { History } from './history';

export interface Context {
  worker: WorkerDoor;
  history: History;
  incidents: IncidentDesk;
}

const t = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    message: publicMessage(error),
    data: { ...shape.data, problem: problemOf(error) },
  }),
  sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 15_000 } },
});

export const { router, procedure } = t;
