/**
 * The worker: the one process that trades. It recovers what it was, connects to the broker, reconciles, and only then lets entries out.
 * This file composes; every rule is in the engine. What it remembers is bounded, and where: docs/decisions/0044-what-a-worker-remembers.md.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { ruleAdvisor } from '../adapters/advisor/rules';
import { tapeClock } from '../adapters/clock/tape';
import { wallClock } from '../adapters/clock/wall';
import { createIbBroker } from '../adapters/ib/broker';
import { restartCalendar } from '../adapters/ib/restart';
import { openJournal } from '../adapters/journal/journal';
import { LEASE_LIFE_MS, openLease } from '../adapters/journal/lease';
import { logNotifier } from '../adapters/notifier/log';
import { httpIntake } from '../adapters/signals/http';
import { ensureKeys, readLinkKey, readSignalKeys } from '../adapters/signals/keys';
import { DEFAULT_LIMITS } from '../engine/model/limits';
import { orderIdsTaken } from '../engine/order/identity';
import { serveLink } from '../link/serve';
import { readSettings } from '../settings';
import { endWithParent, giveSignOfLife, LOG_STREAM, refuseToStart } from '../stack/lifeline';
import { askWith } from './ask';
import { toEngine } from './command';
import { dispatchTo } from './dispatch';
import { heartbeat } from './heartbeat';
import { createServer, listen } from './http';
import { EngineLoop } from './loop';
import { commandReply, signalOutcome } from './outcome';
import { Publisher } from './publish';
import { replay } from './recover';
import { skewWatch } from './skew';
import { type Intake, type RunningSource, startSources } from './sources';
import { untoldAlerts } from './untold';
import { haltFromNote, leaveNote, quietWatch, removeNote } from './without-journal';

const TICK_MS = 250;
const VERSION: string = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'),
).version;

async function main(): Promise<void> {
  const settings = readSettings();
  const log = pino({ level: settings.logLevel, base: null }, LOG_STREAM);
  const closing: (() => unknown)[] = [];
  endWithParent(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const lease = await openLease({
    databaseUrl: settings.databaseUrl,
    holder: `the worker on 127.0.0.1:${settings.workerPort}`,
  });
  closing.push(() => lease.release());
  await lease.acquire(`behind ${settings.gateway.host}:${settings.gateway.port}`);
  const journal = await openJournal({ databaseUrl: settings.databaseUrl, engineVersion: VERSION });
  closing.push(() => journal.close());

  const startedMs = performance.now();
  const found = await journal.recover();
  const recovered = replay(found);
  const { replayedEntries, divergedSeqs } = recovered;
  log.info(
    { seq: recovered.seq, replayedEntries, ms: Math.round(performance.now() - startedMs) },
    'The journal is replayed.',
  );
  if (divergedSeqs.length > 0) {
    log.warn(
      { divergedSeqs: divergedSeqs.slice(0, 10) },
      'Some entries were written by another version of the engine; their facts stand.',
    );
  }

  const fatal = (error: Error): void => {
    log.fatal({ err: error }, `The worker stops: ${error.message} The stops at the broker stay.`);
    setImmediate(() => process.exit(1));
  };
  const wall = wallClock();
  const clock = settings.clock.kind === 'tape' ? tapeClock({ speed: settings.clock.speed }) : wall;
  const broker = createIbBroker({
    ...settings.gateway,
    lastOrderId: orderIdsTaken(recovered.state, wall.now().hostMs),
    symbols: settings.symbols,
    frontMonth: settings.frontMonth,
    clock,
    armedLiveAccount: settings.armedLiveAccount,
    instruments: Object.values(recovered.state.instruments),
    heartbeatMs: 500,
    silenceMs: 1_500,
    log,
  });
  const restarts = settings.gatewayRestart && restartCalendar(settings.gatewayRestart);
  const advisor = ruleAdvisor();
  const notifier = logNotifier({ log });
  for (const alert of untoldAlerts(found.entries)) notifier.notify(alert);
  let sources: readonly RunningSource[] = [];
  const turned = heartbeat(clock, giveSignOfLife);

  const publisher: Publisher = new Publisher(
    () => ({ state: loop.state, seq: loop.seq }),
    clock,
    () => ({
      version: VERSION,
      startedHostMs: hostStartMs,
      clock: settings.clock.kind,
      speed: settings.clock.speed,
      advisor: advisor.name,
      sources: ['http', ...sources.map((source) => source.name)],
      heartbeat: broker.heartbeat(),
      restarts: restarts?.after(clock.now().hostMs) ?? null,
      clockSkew: clock === wall ? wall.skew() : null,
    }),
  );
  const loop: EngineLoop = new EngineLoop(
    {
      journal,
      clock,
      dispatch: dispatchTo({
        broker,
        notifier,
        lease,
        journalFailed: () => loop.notOnDisk !== null,
        onLeaseLost: () => fatal(new Error('The lease is not certain any more: another worker may trade.')),
      }),
      ask: askWith(advisor, (event) => loop.post(event)),
      onState(state, entries) {
        turned();
        publisher.record(state, entries);
        publisher.publish(entries.length > 0);
      },
      onJournalFailed(error) {
        const noted = leaveNote(settings.home, error.message, clock.now().hostMs);
        log.fatal(
          { err: error, noted },
          'The journal cannot be written. No entries; exits go on from memory.',
        );
      },
      onFatal: fatal,
    },
    recovered,
  );
  const hostStartMs = clock.now().hostMs;
  closing.push(() => loop.stop());
  await loop.submit({ type: 'WorkerStarted', version: VERSION, replayedEntries });
  // the settings are the one place where limits are set: what a demo loosened does not outlive it
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  if (JSON.stringify(limits) !== JSON.stringify(loop.state.limits)) {
    await loop.submit({
      type: 'LimitsChanged',
      limits,
      by: 'settings',
      why: 'Defaults and INTERLOCK_LIMITS at start.',
    });
  }

  const halt = haltFromNote(settings.home);
  if (halt !== null) {
    await loop.submit(halt);
    if (loop.notOnDisk === null) removeNote(settings.home);
  }

  const intake: Intake = {
    submit: async (signal) => {
      // everything else begins at once: a position is protected, and an operator heard, while a large file is still being checked
      await journal.checked;
      return signalOutcome(await loop.submit({ type: 'SignalReceived', signal }), loop.notOnDisk);
    },
    refuse: async (source, code, detail, excerpt) => {
      await loop.submit({ type: 'SignalRefused', source, code, detail, excerpt });
    },
  };
  ensureKeys(settings.keysDir);
  const server = createServer({
    health: () =>
      loop.notOnDisk === null
        ? { ok: true, detail: loop.state.link.phase }
        : { ok: false, detail: `Nothing is written: ${loop.notOnDisk}` },
    signals: httpIntake({ keys: readSignalKeys(settings.keysDir), ...intake, log }),
  });
  const link = serveLink({
    server,
    key: readLinkKey(settings.keysDir),
    handlers: {
      command: async (command) =>
        commandReply(
          await loop.submit({ type: 'OperatorCommanded', command: toEngine(command) }),
          loop.notOnDisk,
        ),
      snapshot: () => publisher.snapshot(),
      subscribe: (push) => publisher.subscribe(push),
    },
    log,
  });
  closing.push(
    () => server.close(),
    () => link.close(),
  );

  const skewed = skewWatch();
  const quiet = quietWatch();
  const tick = setInterval(() => {
    const skewMs = clock === wall ? skewed(wall.skew()) : null;
    if (skewMs !== null) loop.post({ type: 'ClockSkewed', skewMs });
    loop.post({ type: 'ClockTicked' });
    // the next worker begins halted only where the note lies, and a disk that takes the note may take a journal again
    const { hostMs } = clock.now();
    if (loop.notOnDisk === null || !quiet(loop.state, hostMs)) return;
    if (leaveNote(settings.home, loop.notOnDisk, hostMs))
      fatal(
        new Error('Nothing is held and the disk takes writes again: a new worker reads the journal back.'),
      );
  }, TICK_MS);
  const renew = setInterval(() => lease.renew().catch(fatal), LEASE_LIFE_MS / 5);
  closing.push(
    () => clearInterval(tick),
    () => clearInterval(renew),
  );
  broker.start((event) => loop.post(event));
  closing.push(() => broker.stop());
  const port = await listen(server, settings.workerPort);
  sources = await startSources({ settings, clock, intake, state: () => loop.state, log });
  closing.push(() => sources.map((source) => source.stop()));
  log.info(
    { port, home: settings.home, sources: sources.map((source) => source.name) },
    'The worker is ready.',
  );
}

main().catch((error: unknown) => refuseToStart(error instanceof Error ? error.message : String(error)));
