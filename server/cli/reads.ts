/** The journal, opened for one command and closed after it. */
import { openReads, type Reads } from '../adapters/journal/reads';
import type { Desk } from './outcome';

export async function withReads<T>({ settings }: Desk, work: (reads: Reads) => Promise<T>): Promise<T> {
  const reads = await openReads({ databaseUrl: settings.databaseUrl });
  try {
    return await work(reads);
  } finally {
    await reads.close();
  }
}
