/** How every command of the project begins: the Node that runs it, then the steps it needs, then the program itself. */
import { readFileSync } from 'node:fs';
import { nodeProblem } from './node-version.mjs';

/**
 * Runs the named steps of prepare.mjs and hands over to `program` with the command line's arguments.
 * A step that fails ends the process with exit code 1 and what it said.
 */
export async function prepared(steps, program) {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const problem = nodeProblem(process.versions.node, engines.node);
  if (problem !== null) return fail(problem);
  const args = process.argv.slice(2);
  const wanted = args.includes('--help') || args.includes('-h') ? ['packages'] : steps;
  const [prepare, { handOver }] = await Promise.all([import('./prepare.mjs'), import('./terminal.mjs')]);
  try {
    for (const name of wanted) await prepare[name]();
  } catch (error) {
    return fail(error.message);
  }
  handOver(program, args);
}

function fail(sentence) {
  console.error(`\n${sentence}`);
  process.exitCode = 1;
}
