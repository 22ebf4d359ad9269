/**
 * The paper gateway as a program: `npm run gateway -- --help`. JSON lines on stdout say what happens;
 * anything that keeps it from starting is one sentence on stderr, and exit code 1.
 */
import { Command } from 'commander';
import pino from 'pino';
import { endWithParent, LOG_STREAM } from '../stack/lifeline';
import { controlCommand } from './control/command';
import { Desk } from './control/desk';
import { type ControlServer, openControl } from './control/server';
import { type Gateway, type GatewayEvent, startGateway } from './gateway';
import { Playback } from './playback/playback';
import { readSessions } from './playback/session';
import type { PlaybackEvent } from './playback/stand';
import { Recorder } from './record/recorder';
import { readPlaybackSettings, readSettings, type Settings } from './settings';
import { StartRefused } from './tape-file';
import { unlistenable } from './unlistenable';
import { VERSION_MAX, VERSION_MIN } from './wire/version';

const log = pino({ base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, LOG_STREAM);

const program = new Command('gateway')
  .enablePositionalOptions()
  .description(
    'A paper IB Gateway: speaks the TWS protocol to any TWS API client, over a simulated CME.\n' +
      'Orders, positions and executions are kept in memory only: they are gone when it stops.',
  )
  .option('--port <number>', 'TCP port; 0 takes a free one', '4002')
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--account <id>', 'the paper account', 'DU1234567')
  .option('--seed <number>', 'seed of the synthetic market', '1')
  .option(
    '--market <name>',
    'the synthetic market: globex keeps the CME sessions (the default), demo begins with the US open and never closes, ' +
      'steady is one busy morning without an end',
  )
  .option(
    '--tape <file>',
    'play a CSV (or gzipped CSV) of one-minute bars (timestamp,open,high,low,close,volume) or of trades (timestamp,price,size)',
  )
  .option(
    '--at <time>',
    'exchange time to begin at, ISO with zone (default: the beginning of the tape, else now)',
  )
  .option('--speed <factor>', 'seconds of exchange time in a second', '1')
  .option('--symbol <name>', 'whose tape it is: ES, MES, NQ or MNQ', 'ES')
  .option(
    '--server-version <n>',
    `highest version to agree to, ${VERSION_MIN} to ${VERSION_MAX}`,
    `${VERSION_MAX}`,
  )
  .option(
    '--hold-until-client',
    'exchange time stands still until the first client is ready (default with --tape)',
  )
  .option('--no-hold-until-client', 'exchange time runs from the start, whoever is there')
  .option('--client-ready', 'log a line when a client has finished its handshake, and when one leaves')
  .option('--quote-interval <ms>', 'wall time between two market-data messages of a subscription', '250')
  .option(
    '--set <name=value...>',
    'change a behaviour in which gateways differ, such as pacing=reject or masterClientId=9: server/gateway/README.md',
  )
  .option(
    '--fault <fault>',
    'something that goes wrong, such as "delayAck 500" or "halfOpen at 10000 for 5000"; may be said again: docs/gateway.md',
    (fault: string, before: string[]) => [...before, fault],
    [],
  )
  .option(
    '--faults <file>',
    'the same from a file, one JSON object a line: {"at": ms, "fault": {...}, "forMs": ms, "clock": "wall" or "market"}',
  )
  .option('--record <file>', 'write every frame to a file (gzipped when it ends in .gz): interlock frames')
  .option(
    '--playback <file>',
    'no exchange: a client that connects is served what a recording holds for its client id, at --speed',
  )
  .option(
    '--control-port <number>',
    'HTTP port on 127.0.0.1 to steer it by; 0 takes a free one (default: none)',
  )
  .action((options: { playback?: string }, command: Command) =>
    options.playback === undefined ? serve() : servePlayback(command),
  )
  .addCommand(controlCommand((text) => process.stdout.write(`${text}\n`)));

async function serve(): Promise<void> {
  const settings = readSettings(program.opts(), Date.now());
  const recorder = await recorderOf(settings);
  const gateway = await listen(settings, recorder);
  const { host, account, seed } = settings;
  const market = gateway.exchange.description;
  const control = await openControlOf(gateway, settings);
  log.info({ host, port: gateway.port, controlPort: control?.port, account, seed, market }, 'listening');
  endWithParent(() => stop(gateway, control, recorder));
}

async function servePlayback(command: Command): Promise<void> {
  const given = command.options.filter(
    (option) => command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  const settings = readPlaybackSettings(
    command.opts(),
    given.map((option) => option.long ?? ''),
  );
  const { sessions, cut } = readSessions(settings.playback);
  if (cut !== undefined) log.warn(cut);
  const playback = new Playback({ ...settings, sessions, log: logged });
  await playback.open().catch((error: unknown) => {
    throw unlistenable(error, settings);
  });
  const recorded = sessions.map(({ clientId, version }) => ({ clientId, version }));
  log.info({ host: settings.host, port: playback.port, recorded }, 'listening');
  endWithParent(() => playback.close());
}

async function recorderOf({ record }: Settings): Promise<Recorder | undefined> {
  if (record === undefined) return undefined;
  try {
    return await Recorder.open(record);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefused(`--record ${record} cannot be written (${why}); choose another file.`);
  }
}

async function openControlOf(
  gateway: Gateway,
  { controlPort, ...settings }: Settings,
): Promise<ControlServer | undefined> {
  if (controlPort === undefined) return undefined;
  try {
    return await openControl(new Desk(gateway), controlPort);
  } catch (error) {
    await gateway.close();
    throw unlistenable(error, { ...settings, host: '127.0.0.1', port: controlPort }, 'control-port');
  }
}

async function listen(settings: Settings, recorder: Recorder | undefined): Promise<Gateway> {
  try {
    return await startGateway({
      ...settings,
      recorder,
      log: settings.clientReady ? logged : () => undefined,
    });
  } catch (error) {
    throw unlistenable(error, settings);
  }
}

function logged({ kind, ...details }: GatewayEvent | PlaybackEvent): void {
  log.info(details, kind);
}

async function stop(
  gateway: Gateway,
  control: ControlServer | undefined,
  recorder: Recorder | undefined,
): Promise<void> {
  await control?.close();
  await gateway.close();
  await recorder?.close();
  log.info('stopped');
}

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof StartRefused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
