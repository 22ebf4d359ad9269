/** The output of the stack's processes: every line as JSON in a file of its own, warnings and errors also on the terminal. */
import { appendFileSync, renameSync, statSync } from 'node:fs';
import { z } from 'zod';

const WARN = 40;
const INFO = 30;
const LARGEST_BYTES = 32 * 1024 * 1024;

/** What a line of pino has; anything else that a process prints is wrapped to look so. */
const logLine = z.looseObject({
  level: z.number(),
  time: z.union([z.number(), z.iso.datetime()]),
  msg: z.string().default(''),
});
export type LogLine = z.infer<typeof logLine>;

/** Text that is no JSON is information from stdout and a warning from stderr. */
export function parseLine(text: string, stream: 'stdout' | 'stderr', now: number): LogLine {
  try {
    const parsed = logLine.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // plain text: wrapped below
  }
  return { level: stream === 'stderr' ? WARN : INFO, time: now, msg: text };
}

/** `14:03:07 worker   WARN   gateway is gone`, or null for what stays in the file. */
export function terminalLine(name: string, line: LogLine): string | null {
  if (line.level < WARN || line.msg.trim() === '') return null;
  const time = new Date(line.time).toTimeString().slice(0, 8);
  const level = line.level > WARN ? 'ERROR' : 'WARN';
  return `${time} ${name.padEnd(8)} ${level.padEnd(6)} ${line.msg}`;
}

/** Appends to `file`; at 32 MiB the file becomes `<file>.1`, which replaces an older one. */
export function logFile(file: string): (line: LogLine) => void {
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return (line) => {
    const text = `${JSON.stringify(line)}\n`;
    if (size > LARGEST_BYTES) {
      renameSync(file, `${file}.1`);
      size = 0;
    }
    appendFileSync(file, text, { mode: 0o600 });
    size += Buffer.byteLength(text);
  };
}
