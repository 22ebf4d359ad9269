/**
 * A TCP line between a client and a real gateway on which a test can meddle, message by message: cut it before a certain request arrives, or
 * say something in the gateway's name that it would only say on a bad day.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type Fields, frameOf } from './scripted-gateway';

export interface MeddlingLine {
  readonly port: number;
  /** Kinds of the requests that reached the gateway, oldest first. */
  readonly passed: string[];
  /** The line is cut in place of the n-th request of that kind from now on. */
  cutBefore(kind: string, nth: number): void;
  /** To the client that is connected now, in the gateway's name. */
  say(...fields: Fields): void;
  close(): void;
}

const PREAMBLE_BYTES = 4;
const LENGTH_BYTES = 4;

export async function meddlingLine(gatewayPort: number): Promise<MeddlingLine> {
  const sockets: Socket[] = [];
  const passed: string[] = [];
  let client: Socket | null = null;
  let cut: { kind: string; left: number } | null = null;

  function mayPass(kind: string): boolean {
    if (cut?.kind === kind) {
      cut.left -= 1;
      if (cut.left === 0) {
        cut = null;
        return false;
      }
    }
    passed.push(kind);
    return true;
  }

  const server = createServer((near) => {
    const far = connect(gatewayPort, '127.0.0.1');
    client = near;
    sockets.push(near, far);
    far.on('data', (chunk) => near.write(chunk));
    let bytes: Buffer = Buffer.alloc(0);
    let greeted = false;
    near.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (!greeted && bytes.length >= PREAMBLE_BYTES) {
        far.write(bytes.subarray(0, PREAMBLE_BYTES));
        bytes = bytes.subarray(PREAMBLE_BYTES);
        greeted = true;
      }
      while (bytes.length >= LENGTH_BYTES && bytes.length >= LENGTH_BYTES + bytes.readUInt32BE()) {
        const end = LENGTH_BYTES + bytes.readUInt32BE();
        const frame = bytes.subarray(0, end);
        bytes = bytes.subarray(end);
        const [kind = ''] = frame.subarray(LENGTH_BYTES).toString('utf8').split('\0');
        if (mayPass(kind)) {
          far.write(frame);
          continue;
        }
        // what was written before it still arrives; what follows it does not
        far.end();
        near.destroy();
        return;
      }
    });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => undefined);
      from.on('close', () => to.end());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    passed,
    cutBefore: (kind, nth) => {
      cut = { kind, left: nth };
    },
    say: (...fields) => client?.write(frameOf(fields)),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
