/** Mutants of one room of the engine (`INTERLOCK_MUTATED_ROOM`), judged by every test of the engine: `npm run mutation` sets it. */
const room = process.env.INTERLOCK_MUTATED_ROOM;
const own = '.interlock/stryker';
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: [`server/engine/${room}/**/*.ts`, '!server/engine/**/*.test.ts'],
  ignorePatterns: ['.next', '.interlock', 'prisma/generated', 'test-results', 'playwright-report', 'docs'],
  coverageAnalysis: 'perTest',
  incrementalFile: `${own}/${room}-incremental.json`,
  tempDirName: `${own}/tmp`,
  jsonReporter: { fileName: `${own}/${room}.json` },
  htmlReporter: { fileName: `${own}/${room}.html` },
  reporters: ['clear-text', 'progress', 'html', 'json'],
  clearTextReporter: { allowColor: true, logTests: false, reportTests: false, reportScoreTable: false },
  thresholds: { high: 90, low: 85, break: 85 },
  // a busy machine is no dead mutant: endless loops are found by counting
  timeoutMS: 60_000,
  concurrency: 2,
  warnings: { slow: false },
};
