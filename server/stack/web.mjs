/**
 * The console's process: Next.js behind a server of our own, so that it listens on this machine only and ends with the stack.
 * Plain JavaScript, because a TypeScript loader would go through every file of Next and double its start.
 */
import http from 'node:http';
import path from 'node:path';
import next from 'next';

const HOST = '127.0.0.1';
const port = Number(process.argv[2]);
const server = http.createServer();

/** Live streams never end by themselves, so connections are closed, not waited for. */
function end() {
  server.close(() => process.exit(0));
  server.closeAllConnections();
}
for (const sign of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(sign, end);
process.channel?.unref();
if (process.connected === false) end();
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const app = next({
  dir: path.resolve(import.meta.dirname, '../..'),
  dev: false,
  hostname: HOST,
  port,
  httpServer: server,
});
await app.prepare();
server.on('request', app.getRequestHandler());
server.listen(port, HOST);
