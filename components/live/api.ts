/** The typed client of our own server: queries and commands by fetch, the stream by SSE. Nothing is batched: a kill switch waits for nobody. */
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/api/router';

export type Answers = inferRouterOutputs<AppRouter>;

const url = '/api/trpc';

export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url }),
      false: httpLink({ url, headers: { 'x-interlock-console': '1' } }),
    }),
  ],
});
