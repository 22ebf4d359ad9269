/** What a recording holds of one connection, as something to play: what was said to the client, and what the client had said before. */
import { NoRecording, type RecordedFrame, readRecording } from '../record/recording';
import { StartRefused } from '../tape-file';

/** A frame of the connection after its handshake; its end, when the recording saw it, is the last step. */
export interface Step {
  readonly ms: number;
  readonly way: RecordedFrame['way'];
  readonly fields: readonly string[];
  /** Of what the client said: how many of that kind it had said by then, this one included. */
  readonly nth: number;
}

export interface Session {
  /** Which connection of the recording it was, from 1. */
  readonly conn: number;
  readonly clientId: number;
  /** That was agreed; the messages have the fields of this version. */
  readonly version: number;
  /** What the gateway answered to the version offer. */
  readonly hello: readonly string[];
  /** From startApi on. */
  readonly steps: readonly Step[];
}

/**
 * What a file holds to play; `cut` says so when it breaks off.
 * @throws StartRefused when it cannot be read, or when nothing of it can be played
 */
export function readSessions(path: string): { sessions: Session[]; cut: string | undefined } {
  try {
    const { frames, cut } = readRecording(path);
    return { sessions: sessionsOf(frames), cut };
  } catch (error) {
    if (!(error instanceof NoRecording)) throw error;
    throw new StartRefused(`--playback: ${error.message}`);
  }
}

/**
 * The connections of a recording that named their client, in the order in which they began.
 * @throws NoRecording when one has no beginning, or there is none
 */
export function sessionsOf(frames: readonly RecordedFrame[]): Session[] {
  const byConn = new Map<number, RecordedFrame[]>();
  for (const frame of frames) {
    const own = byConn.get(frame.conn);
    if (own) own.push(frame);
    else byConn.set(frame.conn, [frame]);
  }
  const sessions = [...byConn].flatMap(([conn, own]) => sessionOf(conn, own) ?? []);
  if (sessions.length > 0) return sessions;
  throw new NoRecording(
    'No connection in the recording got so far as to name its client: there is nothing to play.',
  );
}

function sessionOf(conn: number, frames: readonly RecordedFrame[]): Session | undefined {
  const start = frames.findIndex(({ client }) => client !== undefined);
  const startApi = frames[start];
  if (startApi?.client === undefined) return undefined;
  const hello = frames.slice(0, start).find(({ way }) => way === 'out')?.fields;
  if (!hello || startApi.way !== 'in')
    throw new NoRecording(`Connection ${conn} of the recording has lost its beginning.`);
  const said = new Map<string, number>();
  const steps = frames.slice(start).map(({ ms, way, fields }) => {
    const kind = fields[0] ?? '';
    if (way === 'in') said.set(kind, (said.get(kind) ?? 0) + 1);
    return { ms, way, fields, nth: said.get(kind) ?? 0 };
  });
  return { conn, clientId: startApi.client, version: Number(hello[0]), hello, steps };
}
