/** A recording: every frame of every connection, one JSON object a line, in the order in which it passed the socket. */
import { z } from 'zod';
import { readPossiblyCutText } from '../zipped-text';

/**
 * `in` came from the client, `out` went to it; `end` is the end of the connection: by whom (`client`, `gateway`), then why.
 * `ms` is wall time since the recording began, `conn` counts connections from 1.
 */
const recordedFrame = z.strictObject({
  ms: z.number(),
  conn: z.number().int(),
  /** Known from startApi on. */
  client: z.number().int().optional(),
  way: z.enum(['in', 'out', 'end']),
  fields: z.array(z.string()).min(1),
});
export type RecordedFrame = z.output<typeof recordedFrame>;

/** The file is no recording. The message is one sentence that says where. */
export class NoRecording extends Error {}

export interface Recording {
  readonly frames: readonly RecordedFrame[];
  /** The file ends in the middle of a frame, as one does whose gateway was killed: a sentence that says so. */
  readonly cut: string | undefined;
}

/** What is whole of a recording. @param path plain or gzipped @throws NoRecording */
export function readRecording(path: string): Recording {
  const { text, cut } = textOf(path);
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const frames = lines.flatMap((line, i) => (line === '' ? [] : [frameOf(line, `${path}, line ${i + 1}`)]));
  const finished = last === '' ? undefined : frameIn(last);
  if (finished) frames.push(finished);
  if (frames.length === 0)
    throw new NoRecording(`${path} holds no frame; was the file written with --record?`);
  if (!cut && (last === '' || finished)) return { frames, cut: undefined };
  const said = `The recording ${path} breaks off after line ${lines.length}; what stands before that is whole.`;
  return { frames, cut: said };
}

function frameOf(line: string, where: string): RecordedFrame {
  const frame = frameIn(line);
  if (frame) return frame;
  throw new NoRecording(`${where} is no recorded frame; was the file written with --record?`);
}

function frameIn(line: string): RecordedFrame | undefined {
  try {
    return recordedFrame.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function textOf(path: string): { text: string; cut: boolean } {
  try {
    return readPossiblyCutText(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NoRecording(
      `The recording ${path} cannot be read (${why}); check the path, and that it is whole.`,
    );
  }
}
