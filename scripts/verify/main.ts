/** `npm run verify`: every check that needs nothing running, side by side; a line each, and the full output of those that fail. */
import { type Check, runChecks } from './check';

const bin = (file: string): string => `node_modules/${file}`;

/** The slowest first. */
const checks: readonly Check[] = [
  { name: 'types', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'dead code', args: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'import rules', args: ['--import', 'tsx', 'scripts/verify/check-imports.ts'] },
  {
    name: 'engine types',
    args: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'server/engine/tsconfig.json'],
  },
  { name: 'format and lint', args: [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'] },
];

const verdicts = await runChecks(checks, 2, ({ name, ok, seconds }) => {
  console.log(`  ${name.padEnd(16)}${(ok ? 'ok' : 'FAILED').padEnd(28)}${seconds.toFixed(1).padStart(6)} s`);
});
const failed = verdicts.filter((verdict) => !verdict.ok);
for (const { name, output } of failed) console.error(`\n--- ${name} ---\n${output.trimEnd()}`);
if (failed.length > 0) {
  console.error(
    `\n${failed.length} of ${verdicts.length} checks failed: ${failed.map(({ name }) => name).join(', ')}.`,
  );
  process.exitCode = 1;
}
