/** What the test runners report, counted, and what failed by name. A run that reports nothing, or fails without a failed test, counts as one failure. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** `file › what it says` of each failed test. */
  failures: readonly string[];
}

const count = z.number().int().min(0);
const vitestReport = z
  .object({
    numPassedTests: count,
    numFailedTests: count,
    numPendingTests: count,
    numTodoTests: count,
    testResults: z.array(
      z.object({
        name: z.string(),
        status: z.string(),
        assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
      }),
    ),
  })
  .transform(
    (report): Tally => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
      failures: report.testResults
        .filter(({ status }) => status === 'failed')
        .flatMap(({ name, assertionResults }) => {
          const file = path.relative(process.cwd(), name);
          const failed = assertionResults.filter(({ status }) => status === 'failed');
          return failed.length === 0 ? [file] : failed.map(({ fullName }) => `${file} › ${fullName}`);
        }),
    }),
  );

const spec = z.object({ file: z.string(), title: z.string(), ok: z.boolean() });
interface Suite {
  specs?: z.infer<typeof spec>[] | undefined;
  suites?: Suite[] | undefined;
}
const suite: z.ZodType<Suite> = z.object({
  specs: z.array(spec).optional(),
  suites: z.lazy(() => z.array(suite)).optional(),
});
const failedIn = ({ specs = [], suites = [] }: Suite): string[] => [
  ...specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file} › ${title}`),
  ...suites.flatMap(failedIn),
];

/** A flaky test failed once: it is no pass. */
const playwrightReport = z
  .object({
    stats: z.object({ expected: count, unexpected: count, flaky: count, skipped: count }),
    suites: z.array(suite),
  })
  .transform(
    ({ stats, suites }): Tally => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
      failures: suites.flatMap(failedIn),
    }),
  );

const REPORTS = { vitest: vitestReport, playwright: playwrightReport };

/** @param succeeded whether the runner's exit code was 0. */
export function tallyOf(runner: keyof typeof REPORTS, file: string, succeeded: boolean): Tally {
  const tally = read(runner, file);
  if (succeeded && tally.passed + tally.skipped > 0) return tally;
  const failures = tally.failures.length > 0 ? tally.failures : [`${runner}, as a whole`];
  return { ...tally, failed: Math.max(tally.failed, 1), failures };
}

function read(runner: keyof typeof REPORTS, file: string): Tally {
  try {
    return REPORTS[runner].parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 0, skipped: 0, failures: [] };
  }
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}
