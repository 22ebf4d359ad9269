/** A TCP line between client and gateway that delivers one byte at a time, both ways. For tests. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export async function crumblingLine(port: number): Promise<{ port: number; close(): void }> {
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    crumble(near, far);
    crumble(far, near);
    sockets.push(near, far);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function crumble(from: Socket, to: Socket): void {
  to.setNoDelay(true);
  from.on('data', (chunk: Buffer) => {
    for (const byte of chunk) to.write(Buffer.from([byte]));
  });
  from.on('close', () => to.end());
  from.on('error', () => undefined);
}
