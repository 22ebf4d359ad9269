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

const vitest = (passed: number, failed: number, pending = 0) =>
  writeFileSync(
    file,
    JSON.stringify({
      numPassedTests: passed,
      numFailedTests: failed,
      numPendingTests: pending,
      numTodoTests: 0,
    }),
  );

describe('the last line of npm test', () => {
  it('counts what vitest reports', () => {
    vitest(7, 2, 1);
    expect(tallyOf('vitest', file, false)).toEqual({ passed: 7, failed: 2, skipped: 1 });
  });

  it('counts what Playwright reports, a flaky test as a failure', () => {
    writeFileSync(file, JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } }));
    expect(tallyOf('playwright', file, false)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it('is a failure when the runner failed though no test did, e.g. a file that cannot be read', () => {
    vitest(7, 0);
    expect(tallyOf('vitest', file, false)).toEqual({ passed: 7, failed: 1, skipped: 0 });
  });

  it('is a failure when there is no report, or nothing was run', () => {
    expect(tallyOf('vitest', file, true).failed).toBe(1);
    vitest(0, 0);
    expect(tallyOf('vitest', file, true).failed).toBe(1);
    writeFileSync(file, 'half a rep');
    expect(tallyOf('playwright', file, true).failed).toBe(1);
  });

  it('is the sum of both runners', () => {
    expect(
      sum([
        { passed: 7, failed: 0, skipped: 1 },
        { passed: 5, failed: 2, skipped: 0 },
      ]),
    ).toEqual({
      passed: 12,
      failed: 2,
      skipped: 1,
    });
  });
});
