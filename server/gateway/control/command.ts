/** `npm run gateway -- control ...`: the control port of a running gateway, from a shell. */
import { Command } from 'commander';
import { StartRefused } from '../tape-file';

const DEFAULT_PORT = '4003';

export function controlCommand(print: (text: string) => void): Command {
  const control = new Command('control')
    .description('steers a running gateway that was started with --control-port')
    .option('--control-port <number>', 'its control port', DEFAULT_PORT);
  const ask = async (method: string, path: string, body?: unknown) =>
    print(await asked(control.opts<{ controlPort: string }>().controlPort, method, path, body));

  control
    .command('state', { isDefault: true })
    .description('its market, its clients, and what is wrong with it')
    .action(() => ask('GET', '/state'));
  control
    .command('faults')
    .description('all that can go wrong')
    .action(() => ask('GET', '/faults'));
  control
    .command('fault <words...>')
    .description('puts a fault: fault delayAck 500 for 60000')
    .allowUnknownOption()
    .action((words: string[]) => ask('POST', '/faults', { fault: words.join(' ') }));
  control
    .command('lift [id]')
    .description('ends a fault; all of them when no id is given')
    .action((id: string | undefined) => ask('DELETE', id === undefined ? '/faults' : `/faults/${id}`));
  control
    .command('speed <factor>')
    .description('seconds of exchange time in a second')
    .action((factor: string) => ask('POST', '/speed', { speed: Number(factor) }));
  control
    .command('pause')
    .description('exchange time stands still')
    .action(() => ask('POST', '/pause'));
  control
    .command('resume')
    .description('exchange time runs again')
    .action(() => ask('POST', '/resume'));
  control
    .command('step [ms]')
    .description('pauses, then lets so much exchange time pass; to the next event when left out')
    .action((ms: string | undefined) => ask('POST', '/step', ms === undefined ? {} : { ms: Number(ms) }));
  control
    .command('advance <time>')
    .description('jumps to an exchange time, ISO with its zone')
    .action((to: string) => ask('POST', '/advance', { to }));
  return control;
}

/** @throws StartRefused when the gateway is not there or refuses */
async function asked(port: string, method: string, path: string, body: unknown): Promise<string> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init).catch(() => {
    throw new StartRefused(
      `No gateway answers at control port ${port}; start one with --control-port ${port}, or name its port.`,
    );
  });
  const answer: unknown = await response.json();
  if (response.ok) return JSON.stringify(answer, undefined, 2);
  throw new StartRefused(String((answer as { error?: unknown }).error));
}
