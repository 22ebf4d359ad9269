/** The journal's reads, opened at the first question and kept: history is served while the worker is down. */
import { openReads, type Reads } from '../adapters/journal/reads';
import { problem } from './errors';

export interface History {
  /** @throws problem JOURNAL_UNREADABLE when there is no database yet, or it cannot be read. */
  ask<T>(question: (reads: Reads) => Promise<T>): Promise<T>;
}

export function createHistory(open: () => Promise<Reads>): History {
  let opening: Promise<Reads> | null = null;
  const opened = async (): Promise<Reads> => {
    opening ??= open();
    try {
      return await opening;
    } catch (error) {
      opening = null;
      throw error;
    }
  };
  return {
    ask: async (question) => {
      try {
        return await question(await opened());
      } catch (error) {
        if (error instanceof RangeError) throw problem('BAD_INPUT', error.message, error);
        const words = error instanceof Error ? error.message : String(error);
        throw problem('JOURNAL_UNREADABLE', `The journal cannot be read. ${words}`, error);
      }
    },
  };
}

/** @param databaseUrl of the stack's journal */
export function journalHistory(databaseUrl: string): History {
  return createHistory(() => openReads({ databaseUrl }));
}
