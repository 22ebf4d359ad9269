/** One HTTP request to the API: who may ask is settled before anything is parsed. */
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { sharedContext } from './context';
import { privateDetail, problemOf } from './errors';
import { refusalOf } from './origin';
import { appRouter } from './router';

/** Commands are small; anything larger is not one of ours. */
const BODY_BYTES_MAX = 16 * 1024;

function refused(status: number, message: string): Response {
  return Response.json({ error: message }, { status });
}

export async function answer(request: Request): Promise<Response> {
  const refusal = refusalOf({ method: request.method, header: (name) => request.headers.get(name) });
  if (refusal !== null) return refused(403, refusal);
  if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES_MAX) {
    return refused(413, `A command has at most ${BODY_BYTES_MAX} bytes.`);
  }
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: sharedContext,
    onError: ({ error, path }) => {
      const problem = problemOf(error);
      if (problem === 'INTERNAL' || problem === 'JOURNAL_UNREADABLE') {
        console.error(JSON.stringify({ level: 'error', path, problem, detail: privateDetail(error) }));
      }
    },
  });
  response.headers.set('cache-control', 'no-store, no-transform');
  return response;
}
