/**
 * The stack: one process that starts the others, keeps them alive and stops them. It trades nothing itself, so it may die:
 * its processes then end, and the protective stops stay at the broker.
 */
import { CommanderError } from 'commander';
import { migrate } from '../adapters/journal/migrate';
import { ensureKeys } from '../adapters/signals/keys';
import { readSettings } from '../settings';
import { banner } from './banner';
import { checkAlone, checkFiles, checkPorts, openHome } from './checks';
import { endWithParent } from './lifeline';
import { readCommandLine } from './options';
import { planned } from './plan';
import { withFreePorts } from './ports';
import { removeReport, writeReport } from './report';
import { startStack } from './stack';

/** A start that takes longer says what it waits for. */
const PATIENCE_MS = 15_000;

/** Three processes with five seconds each, and a little. */
const LONGEST_STOP_MS = 16_000;

async function main(): Promise<void> {
  const startedAt = performance.now();
  const chosen = readCommandLine(process.argv.slice(2), process.env);
  const env = await withFreePorts(chosen.env);
  const settings = readSettings(env);
  checkFiles(settings, chosen.market);
  openHome(settings);
  ensureKeys(settings.keysDir);
  await checkAlone(settings.home);
  await checkPorts(settings);
  await migrate(settings.databaseUrl);

  let waitingFor: string[] = [];
  const stack = startStack(settings, planned(settings, chosen.market, env), {
    changed(report) {
      writeReport(report);
      waitingFor = report.processes.flatMap(({ name, state }) => (state === 'ready' ? [] : [name]));
      if (process.connected) process.send?.(report);
    },
    say: (line) => console.log(line),
    failed(name) {
      console.error(`The ${name} did not start. What it said is above and in ${settings.logsDir}.`);
      void end().then(() => process.exit(1));
    },
  });
  const end = async (): Promise<void> => {
    await stack.stop();
    removeReport(settings.home);
  };
  endWithParent(async () => {
    console.log('Stopping the console, the worker and the gateway.');
    await end();
    console.log('Stopped.');
  }, LONGEST_STOP_MS);
  const overdue = setTimeout(() => {
    console.log(
      `Still waiting for the ${waitingFor.join(' and the ')}. What it says is in ${settings.logsDir}.`,
    );
  }, PATIENCE_MS);
  const ready = await stack.ready;
  clearTimeout(overdue);
  if (ready) console.log(banner(settings, chosen.market, performance.now() - startedAt));
}

/** A terminal that is gone must not take the stack with it before it has stopped in order. */
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

main().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exit(error.exitCode);
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
