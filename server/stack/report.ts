/** `<home>/stack.json`: where a running stack listens and which processes it is. The command line and the tests find it there. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const processReport = z.object({
  name: z.enum(['gateway', 'worker', 'web']),
  pid: z.number().int().nullable(),
  /** `silent`: it runs, and gives no sign of life any more. */
  state: z.enum(['starting', 'ready', 'silent', 'down']),
  /** How often it was started, the first time included. */
  starts: z.number().int(),
});

export const stackReport = z.object({
  pid: z.number().int(),
  startedAt: z.iso.datetime(),
  home: z.string(),
  webUrl: z.string(),
  workerPort: z.number().int(),
  gateway: z.object({ kind: z.enum(['paper', 'external']), host: z.string(), port: z.number().int() }),
  processes: z.array(processReport),
});

export type ProcessReport = z.infer<typeof processReport>;
export type ProcessName = ProcessReport['name'];
export type StackReport = z.infer<typeof stackReport>;

const fileIn = (home: string): string => path.join(home, 'stack.json');

/** The last report of the stack in `home`; null when none runs there. One that was killed leaves its report behind: see `isAlive`. */
export function readReport(home: string): StackReport | null {
  try {
    return stackReport.parse(JSON.parse(readFileSync(fileIn(home), 'utf8')));
  } catch {
    return null;
  }
}

/** Whole or not at all: a reader never sees half of it. */
export function writeReport(report: StackReport): void {
  const file = fileIn(report.home);
  writeFileSync(`${file}.new`, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeReport(home: string): void {
  rmSync(fileIn(home), { force: true });
}

/** Is there a process of that id? */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
