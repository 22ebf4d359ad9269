/** One end of the wire, in a process of its own: the paper gateway, moved by its parent; or a bare server that writes and returns bytes. */
import { createServer, type Socket } from 'node:net';
import { SYMBOLS } from '../server/exchange/contracts';
import { startGateway } from '../server/gateway/gateway';
import { encodeFrame } from '../server/gateway/wire/frame';
import type { Done, Push, Ready } from './wire-words';

const say = (word: unknown) => process.send?.(word);
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
const onPush = (act: (push: Push) => void) =>
  process.on('message', (push: Push) => {
    act(push);
    say({ cpuMs: cpuMs() } satisfies Done);
  });

async function gateway(): Promise<void> {
  const served = await startGateway({
    port: 0,
    speed: 0,
    quoteIntervalMs: 60_000,
    rules: { pacing: 'none' },
  });
  const { exchange, port } = served;
  served.advanceTo(exchange.now + 60_000);
  onPush((push) => {
    if (push.kind === 'advance') served.advanceTo(exchange.now + push.ms);
  });
  const conIds = SYMBOLS.map((symbol) => exchange.contracts({ symbol })[0]?.contract.conId ?? 0);
  say({ port, conIds } satisfies Ready);
}

/** Frames like the ticks of a gateway, made once; whatever it reads, it returns. */
async function bare(): Promise<void> {
  const tick = encodeFrame([99, 5, 2, 1_762_958_700, 6000.25, 3, 0, 'CME', '']);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('data', (bytes) => socket.write(bytes));
    socket.on('error', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onPush((push) => {
    if (push.kind !== 'write') return;
    const bytes = Buffer.concat(Array.from({ length: push.frames }, () => tick));
    for (const socket of sockets) socket.write(bytes);
  });
  const address = server.address();
  say({ port: typeof address === 'object' ? (address?.port ?? 0) : 0, conIds: [] } satisfies Ready);
}

await (process.argv[2] === 'bare' ? bare() : gateway());
