/**
 * `npm run mutation`: changes the engine's source line by line and sees whether a test notices, room by room; a room below 85 % fails.
 * `npm run mutation -- bracket exit` does two of them; `--incremental` judges again only what may have changed since the last run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Argument, Command } from 'commander';
import { z } from 'zod';

const ROOMS = ['guard', 'order', 'position', 'bracket', 'exit'];
const root = path.resolve(import.meta.dirname, '../..');
const command = new Command('npm run mutation --')
  .description('Mutation score of the rooms that decide about a position.')
  .addArgument(new Argument('[rooms...]', 'all when none is named').choices(ROOMS))
  .option('--incremental', 'judge again only what may have changed since the last run')
  .parse();
const asked = command.args.length > 0 ? command.args : ROOMS;
const flags = command.opts<{ incremental?: boolean }>().incremental ? ['--incremental'] : [];

const Report = z.object({
  files: z.record(z.string(), z.object({ mutants: z.array(z.object({ status: z.string() })) })),
});

/** What Stryker counts into its score: mutants that compile; noticed by a red test, or by never coming to an end. */
function judge(room: string): string {
  const report = path.join(root, `.interlock/stryker/${room}.json`);
  rmSync(report, { force: true });
  const stryker = ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', ...flags];
  const env = { ...process.env, INTERLOCK_MUTATED_ROOM: room };
  const { status } = spawnSync(process.execPath, stryker, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
  if (!existsSync(report)) return 'not judged, see above';
  const { files } = Report.parse(JSON.parse(readFileSync(report, 'utf8')));
  const all = Object.values(files).flatMap(({ mutants }) => mutants.map((mutant) => mutant.status));
  const noticed = all.filter((word) => word === 'Killed' || word === 'Timeout').length;
  const missed = all.filter((word) => word === 'Survived' || word === 'NoCoverage').length;
  const score = (100 * noticed) / (noticed + missed);
  return `${score.toFixed(1)} % of ${noticed + missed} mutants noticed, ${missed} not`;
}

const lines = asked.map((room) => `${room.padEnd(8)}  ${judge(room)}`);
console.log(`\n${lines.join('\n')}`);
