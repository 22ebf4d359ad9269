/** A recording: every frame of every connection, one JSON object a line, in the order in which it passed the socket. */
import { z } from 'zod';
import { readZippedText } from '../zipped-text';

/** `in` came from the client, `out` went to it. `ms` is wall time since the recording began, `conn` counts connections from 1. */
const recordedFrame = z.strictObject({
  ms: z.number(),
  conn: z.number().int(),
  /** Known from startApi on. */
  client: z.number().int().optional(),
  way: z.enum(['in', 'out']),
  fields: z.array(z.string()).min(1),
});
export type RecordedFrame = z.output<typeof recordedFrame>;

/** The file is no recording. The message is one sentence that says where. */
export class NoRecording extends Error {}

/** @param path plain or gzipped @throws NoRecording */
export function readRecording(path: string): RecordedFrame[] {
  return textOf(path)
    .split('\n')
    .flatMap((line, i) => (line === '' ? [] : [frameOf(line, `${path}, line ${i + 1}`)]));
}

function frameOf(line: string, where: string): RecordedFrame {
  try {
    return recordedFrame.parse(JSON.parse(line));
  } catch {
    throw new NoRecording(`${where} is no recorded frame; was the file written with --record?`);
  }
}

function textOf(path: string): string {
  try {
    return readZippedText(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NoRecording(`The recording ${path} cannot be read (${why}); check the path.`);
  }
}
