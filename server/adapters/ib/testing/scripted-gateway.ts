/** A gateway for tests that does what a real one would only do on a bad day: it says nothing by itself but a healthy minimum, and takes stage directions. */
import { createServer, type Socket } from 'node:net';

export type Fields = readonly (string | number)[];

export interface ScriptedGateway {
  readonly port: number;
  /** Every message of every connection, as text fields, in the order of arrival. */
  readonly received: string[][];
  /** Sends a message to the client that is connected now. */
  say(...fields: Fields): void;
  /** Sends several in the same bytes. */
  sayAtOnce(...messages: readonly Fields[]): void;
  /** From now on nothing is answered, while the socket stays open. */
  fallSilent(): void;
  drop(): void;
  /** Resolves when a client has offered its versions. */
  greeted(): Promise<void>;
  close(): Promise<void>;
}

export interface Script {
  /** Of the protocol; 178 unless said otherwise. */
  version?: number;
  /** It takes connections and answers nothing at all, not even the version. */
  mute?: boolean;
  accounts?: string;
  /** Null: it is not said until a test says it. */
  nextOrderId?: number | null;
  /** Said between the handshake and the accounts. */
  greeting?: readonly Fields[];
  /** Said instead of a session; the connection then closes. */
  refusal?: Fields;
  /** Replaces the standard answer to a message number. */
  answers?: Readonly<Record<string, (request: readonly string[]) => readonly Fields[]>>;
}

const START_API = '71';

/** Details of ESZ5 and ESH6 as a gateway of that version sends them. */
export function contractDetails(requestId: string, symbol: string): readonly Fields[] {
  const months = [
    { conId: 620731015, day: '20251219', local: `${symbol}Z5` },
    { conId: 649180695, day: '20260320', local: `${symbol}H6` },
  ];
  const hours = '20251211:1700-20251212:1600;20251213:CLOSED;20251214:1700-20251215:1600';
  const head = (day: string, local: string, conId: number): Fields => [
    10,
    requestId,
    symbol,
    'FUT',
    `${day} 08:30 US/Central`,
    0,
    '',
    'CME',
    'USD',
    local,
    symbol,
    symbol,
    conId,
  ];
  const tail: Fields = [
    ...[0.25, 50, 'LMT,MKT,STP', 'CME', 1, 11004968, 'E-mini S&P 500', '', '202512', '', '', ''],
    ...['US/Central', hours, hours, '', '', 0, 2147483647, symbol, 'IND', '67', '20251219', '', 1, 1, 1],
  ];
  return [
    ...months.map(({ conId, day, local }) => [...head(day, local, conId), ...tail]),
    [52, 1, requestId],
  ];
}

const STANDARD: NonNullable<Script['answers']> = {
  '49': () => [[49, 1, Math.floor(Date.now() / 1000)]],
  '61': () => [[62, 1]],
  '16': () => [[53, 1]],
  '99': () => [[102]],
  '7': (request) => [[55, 1, request[2] ?? '']],
  '9': (request) => contractDetails(request[2] ?? '', request[4] ?? ''),
};

export async function startScriptedGateway(script: Script = {}): Promise<ScriptedGateway> {
  const received: string[][] = [];
  let client: Socket | null = null;
  let silent = false;
  let offered: () => void = () => undefined;
  const greeted = new Promise<void>((resolve) => {
    offered = resolve;
  });
  const answers = { ...STANDARD, ...script.answers };

  const server = createServer((socket) => {
    client = socket;
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    let bytes: Buffer = Buffer.alloc(0);
    let greeted = false;
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (!greeted) {
        bytes = bytes.subarray('API\0'.length);
        greeted = true;
      }
      while (bytes.length >= 4 && bytes.length >= 4 + bytes.readUInt32BE()) {
        const end = 4 + bytes.readUInt32BE();
        const fields = bytes.subarray(4, end).toString('utf8').split('\0');
        bytes = bytes.subarray(end);
        answer(socket, fields);
      }
    });
  });

  function answer(socket: Socket, fields: string[]): void {
    const kind = fields[0] ?? '';
    if (kind.startsWith('v')) {
      offered();
      if (!script.mute) frame(socket, [script.version ?? 178, '20251212 08:45:00 US/Central']);
      return;
    }
    received.push(fields);
    if (silent) return;
    if (kind !== START_API) {
      for (const message of answers[kind]?.(fields) ?? []) frame(socket, message);
      return;
    }
    if (script.refusal) {
      frame(socket, script.refusal);
      socket.end();
      return;
    }
    for (const message of script.greeting ?? []) frame(socket, message);
    frame(socket, [15, 1, script.accounts ?? 'DU1234567']);
    if (script.nextOrderId !== null) frame(socket, [9, 1, script.nextOrderId ?? 100]);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the scripted gateway has no port');

  return {
    port: address.port,
    received,
    say: (...fields) => {
      if (client) frame(client, fields);
    },
    sayAtOnce: (...messages) => {
      client?.write(Buffer.concat(messages.map(frameOf)));
    },
    fallSilent: () => {
      silent = true;
    },
    drop: () => {
      client?.destroy();
    },
    greeted: () => greeted,
    close: async () => {
      client?.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function frame(socket: Socket, fields: Fields): void {
  socket.write(frameOf(fields));
}

/** A message as it is on the wire: its length, then each field with a NUL after it. */
export function frameOf(fields: Fields): Buffer {
  const body = Buffer.from(`${fields.join('\0')}\0`, 'utf8');
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}
