import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sum, tallyOf } from './tally';

let file = '';
beforeEach(() => {
  file = path.join(mkdtempSync(path.join(os.tmpdir(), 'interlock-tally-')), 'report.json');
});
afterEach(() => rmSync(path.dirname(file), { recursive: true }));

const reported = (report: unknown) => writeFileSync(file, JSON.stringify(report));
const vitest = (passed: number, failed: readonly string[], pending = 0) =>
  reported({
    numPassedTests: passed,
    numFailedTests: failed.length,
    numPendingTests: pending,
    numTodoTests: 0,
    testResults: [
      {
        name: path.resolve('server/exit.test.ts'),
        status: failed.length > 0 ? 'failed' : 'passed',
        assertionResults: [
          { fullName: 'an exit reduces', status: 'passed' },
          ...failed.map((fullName) => ({ fullName, status: 'failed' })),
        ],
      },
    ],
  });

describe('the last lines of npm test', () => {
  it('count what vitest reports, and name what failed', () => {
    vitest(7, ['an exit is not copied', 'an exit goes out'], 1);
    expect(tallyOf('vitest', file, false)).toEqual({
      passed: 7,
      failed: 2,
      skipped: 1,
      failures: ['server/exit.test.ts › an exit is not copied', 'server/exit.test.ts › an exit goes out'],
    });
  });

  it('count what Playwright reports, a flaky test as a failure, and name what failed however deep', () => {
    const spec = (title: string, ok: boolean) => ({ title, ok, file: 'e2e/wait.spec.ts' });
    reported({
      stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 },
      suites: [
        { specs: [spec('a WAIT blocks', true)], suites: [{ specs: [spec('a WAIT is lifted', false)] }] },
      ],
    });
    expect(tallyOf('playwright', file, false)).toEqual({
      passed: 5,
      failed: 2,
      skipped: 2,
      failures: ['e2e/wait.spec.ts › a WAIT is lifted'],
    });
  });

  it('are a failure when the runner failed though no test did, e.g. a file that cannot be read', () => {
    vitest(7, []);
    expect(tallyOf('vitest', file, false)).toEqual({
      passed: 7,
      failed: 1,
      skipped: 0,
      failures: ['vitest, as a whole'],
    });
  });

  it('are a failure when there is no report, or nothing was run', () => {
    expect(tallyOf('vitest', file, true).failed).toBe(1);
    vitest(0, []);
    expect(tallyOf('vitest', file, true).failed).toBe(1);
    writeFileSync(file, 'half a rep');
    expect(tallyOf('playwright', file, true).failed).toBe(1);
  });

  it('are the sum of all parts', () => {
    expect(
      sum([
        { passed: 7, failed: 0, skipped: 1, failures: [] },
        { passed: 5, failed: 2, skipped: 0, failures: ['one', 'another'] },
      ]),
    ).toEqual({ passed: 12, failed: 2, skipped: 1, failures: ['one', 'another'] });
  });
});
