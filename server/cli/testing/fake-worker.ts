/** A worker for the tests of the command line: the real link on a free port, over a view that the test chooses. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { INITIAL_STATE } from '../../engine/model/state';
import { show } from '../../engine/show';
import type { StreamMessage, View, WorkerView } from '../../engine/view/words';
import type { CommandReply, OperatorCommandInput } from '../../link/protocol';
import { serveLink } from '../../link/serve';
import { readSettings, type Settings } from '../../settings';
import { writeReport } from '../../stack/report';

const KEY = 'a-key-for-tests-only';

export interface FakeWorker {
  settings: Settings;
  /** Commands as they arrived. */
  commands: OperatorCommandInput[];
  /** What the next commands are answered with. */
  reply: CommandReply;
  view: View;
  /** Sends these sections to who follows. */
  push(set: Partial<View>): void;
  /** Resolves when somebody follows the stream. */
  followed: Promise<void>;
  stop(): Promise<void>;
}

export async function fakeWorker(): Promise<FakeWorker> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'interlock-cli-'));
  mkdirSync(path.join(home, 'keys'));
  writeFileSync(path.join(home, 'keys/link.key'), `${KEY}\n`);
  const server = http.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  writeReport({
    pid: process.pid,
    startedAt: new Date(0).toISOString(),
    home,
    webUrl: 'http://127.0.0.1:1',
    workerPort: port,
    gateway: { kind: 'paper', host: '127.0.0.1', port: 1 },
    processes: [],
  });

  let n = 0;
  let push: (message: StreamMessage) => void = () => undefined;
  let follow: () => void = () => undefined;
  const fake: FakeWorker = {
    settings: readSettings({ INTERLOCK_HOME: home }),
    commands: [],
    reply: { result: 'accepted', seq: 7 },
    view: show(INITIAL_STATE, { seq: 1, ts: Date.UTC(2025, 11, 12, 14, 53, 13), hostMs: 0 }, [], {}),
    push(set) {
      n += 1;
      push({ kind: 'frame', n, set });
    },
    followed: new Promise((resolve) => {
      follow = resolve;
    }),
    async stop() {
      link.close();
      server.close();
      server.closeAllConnections();
      rmSync(home, { recursive: true });
    },
  };
  const snapshot = (): StreamMessage => ({ kind: 'snapshot', n, view: fake.view, worker: WORKER });
  const ignore = (): void => undefined;
  const link = serveLink({
    server,
    key: KEY,
    log: { info: ignore, warn: ignore },
    handlers: {
      async command(command) {
        fake.commands.push(command);
        return fake.reply;
      },
      snapshot,
      subscribe(listener) {
        push = listener;
        listener(snapshot());
        follow();
        return ignore;
      },
    },
  });
  return fake;
}

const WORKER: WorkerView = {
  version: '0.1.0',
  startedHostMs: 0,
  clock: 'wall',
  speed: 1,
  advisor: 'rules',
  sources: ['http'],
  heartbeat: null,
  restarts: null,
  clockSkew: null,
};
