/** The worker's one port, on this machine only: health, signals, and the link for the console and the command line. */
import http from 'node:http';
import { SIGNALS_PATH } from '../adapters/signals/http';

export interface Routes {
  health(): { ok: boolean; detail: string };
  signals(request: http.IncomingMessage, response: http.ServerResponse): void;
}

export function createServer(routes: Routes): http.Server {
  return http.createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path === SIGNALS_PATH) return routes.signals(request, response);
    if (path === '/health') return answer(response, routes.health());
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: `Nothing lives at ${path}. Signals go to POST ${SIGNALS_PATH}.` }));
  });
}

function answer(response: http.ServerResponse, health: { ok: boolean; detail: string }): void {
  response.writeHead(health.ok ? 200 : 503, { 'content-type': 'application/json' });
  response.end(JSON.stringify(health));
}

/** Resolves with the port that was taken. @throws Error with a sentence when it is in use. */
export function listen(server: http.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used (${error.code})`;
      reject(
        new Error(`Port ${port} ${why}. Stop that program or set INTERLOCK_WORKER_PORT to another port.`),
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
