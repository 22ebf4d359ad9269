/**
 * A process between a client and the gateway: it passes every byte on and notes when each frame of a client arrived, on the machine's
 * monotonic clock, so that both clients are measured by the same watch outside their own process.
 */
import net from 'node:net';

/** Both ends of every connection that stands. */
const sockets = new Set<net.Socket>();
const [target = '4002'] = process.argv.slice(2);

const server = net.createServer({ noDelay: true }, (client) => {
  const gateway = net.connect({ port: Number(target), host: '127.0.0.1', noDelay: true });
  let pending: Buffer = Buffer.alloc(0);
  let greeted = false;
  client.on('data', (bytes: Buffer) => {
    const arrivedNs = process.hrtime.bigint();
    gateway.write(bytes);
    pending = Buffer.concat([pending, bytes]);
    if (!greeted && pending.length >= 4) {
      pending = pending.subarray(4);
      greeted = true;
    }
    while (greeted && pending.length >= 4 && pending.length >= 4 + pending.readUInt32BE(0)) {
      const frame = pending.subarray(4, 4 + pending.readUInt32BE(0));
      pending = pending.subarray(4 + frame.length);
      const kind = frame.subarray(0, frame.indexOf(0)).toString();
      process.send?.({ kind, arrivedNs: arrivedNs.toString() });
    }
  });
  gateway.on('data', (bytes: Buffer) => client.write(bytes));
  for (const [a, b] of [
    [client, gateway],
    [gateway, client],
  ] as const) {
    sockets.add(a);
    a.on('error', () => b.destroy());
    a.on('close', () => {
      sockets.delete(a);
      b.destroy();
    });
  }
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) process.send?.({ port: address.port });
});
process.on('message', () => {
  for (const socket of sockets) socket.destroy();
});
process.on('disconnect', () => process.exit(0));
