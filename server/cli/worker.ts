/** Finds the running worker and talks to it. */
import path from 'node:path';
import { connectLink, type LinkClient, WorkerUnreachable } from '../link/connect';
import { readReport } from '../stack/report';
import type { Desk } from './outcome';

/**
 * Runs `work` with a link to the worker of this home. A stack that runs tells its port in stack.json; otherwise the settings do.
 * @throws WorkerUnreachable, LinkTimeout or LinkFailure
 */
export async function withWorker<T>({ settings }: Desk, work: (link: LinkClient) => Promise<T>): Promise<T> {
  const { home, keysDir, workerPort } = settings;
  const report = readReport(home);
  const url = `ws://127.0.0.1:${report?.workerPort ?? workerPort}`;
  const link = connectLink({ url, keyFile: path.join(keysDir, 'link.key') });
  try {
    return await work(link);
  } catch (error) {
    if (report !== null || !(error instanceof WorkerUnreachable)) throw error;
    throw new WorkerUnreachable(
      `No Interlock runs in ${home} (--home names another folder). ${error.message}`,
    );
  } finally {
    link.close();
  }
}
