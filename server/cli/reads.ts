/** The journal, opened for one command and closed after it. Its client is large: a command that reads no journal does not load it. */
import type { Reads } from '../adapters/journal/reads';
import type { Desk } from './outcome';

export async function withReads<T>({ settings }: Desk, work: (reads: Reads) => Promise<T>): Promise<T> {
  const { openReads } = await import('../adapters/journal/reads');
  const reads = await openReads({ databaseUrl: settings.databaseUrl });
  try {
    return await work(reads);
  } finally {
    await reads.close();
  }
}
