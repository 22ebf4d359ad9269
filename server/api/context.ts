/** What every request of this web process shares: one link to the worker, one door to the journal. They survive a hot reload. */
import path from 'node:path';
import { openIncidentDesk } from '../incidents/desk';
import { connectLink } from '../link/connect';
import { readSettings } from '../settings';
import { workerDoor } from './door';
import { journalHistory } from './history';
import type { Context } from './trpc';

declare global {
  var interlockContext: Context | undefined;
}

function open(): Context {
  const settings = readSettings();
  const link = connectLink({
    url: `ws://127.0.0.1:${settings.workerPort}`,
    keyFile: path.join(settings.keysDir, 'link.key'),
  });
  return {
    worker: workerDoor(link),
    history: journalHistory(settings.databaseUrl),
    incidents: openIncidentDesk(settings.home),
  };
}

/** Opened by the first request, never by a build. */
export function sharedContext(): Context {
  globalThis.interlockContext ??= open();
  return globalThis.interlockContext;
}
