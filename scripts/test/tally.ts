/** What the test runners report, counted. A run that reports nothing, or fails without a failed test, counts as one failure. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const count = z.number().int().min(0);
const vitestReport = z
  .object({ numPassedTests: count, numFailedTests: count, numPendingTests: count, numTodoTests: count })
  .transform(
    (report): Tally => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    }),
  );
/** A flaky test failed once: it is no pass. */
const playwrightReport = z
  .object({ stats: z.object({ expected: count, unexpected: count, flaky: count, skipped: count }) })
  .transform(
    ({ stats }): Tally => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }),
  );

const REPORTS = { vitest: vitestReport, playwright: playwrightReport };

/** @param succeeded whether the runner's exit code was 0. */
export function tallyOf(runner: keyof typeof REPORTS, file: string, succeeded: boolean): Tally {
  const tally = read(runner, file);
  if (succeeded && tally.passed + tally.skipped > 0) return tally;
  return { ...tally, failed: Math.max(tally.failed, 1) };
}

function read(runner: keyof typeof REPORTS, file: string): Tally {
  try {
    return REPORTS[runner].parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
