/** Looks into a running stack from outside: the worker's own view over the link, and the journal's tables. */
import path from 'node:path';
import { openReads, type Reads } from '@/server/adapters/journal/reads';
import type { View } from '@/server/engine/view/words';
import { connectLink } from '@/server/link/connect';
import type { RunningStack } from './stack';

export interface Book {
  /** The worker's view as it is now. */
  view(): Promise<View>;
  /** Resolves with the first view for which `holds` is true; looked at with every frame. */
  until(holds: (view: View) => boolean, what: string, withinMs?: number): Promise<View>;
  reads: Reads;
  close(): Promise<void>;
}

export async function openBook(stack: RunningStack): Promise<Book> {
  const link = connectLink({
    url: stack.workerUrl.replace('http', 'ws'),
    keyFile: path.join(stack.home, 'keys/link.key'),
  });
  const reads = await openReads({ databaseUrl: `file:${path.join(stack.home, 'interlock.db')}` });
  const view = async () => (await link.snapshot()).view;
  return {
    view,
    reads,
    until: (holds, what, withinMs = 60_000) =>
      new Promise((resolve, reject) => {
        let latest: View | null = null;
        const timer = setTimeout(
          () => settle(() => reject(new Error(`Not within ${withinMs} ms: ${what}.`))),
          withinMs,
        );
        const leave = link.subscribe((message) => {
          latest = message.kind === 'snapshot' ? message.view : latest && { ...latest, ...message.set };
          const view = latest;
          if (view && holds(view)) settle(() => resolve(view));
        });
        // the first message may come before `subscribe` has returned
        function settle(end: () => void): void {
          clearTimeout(timer);
          queueMicrotask(() => leave());
          end();
        }
      }),
    async close() {
      link.close();
      await reads.close();
    },
  };
}

/** The latest price of an instrument, once there is one. */
export async function priceOf(book: Book, symbol: string): Promise<number> {
  const view = await book.until(
    (now) =>
      now.venue.reconciled && now.instruments.some((one) => one.symbol === symbol && one.last !== null),
    `a price of ${symbol}`,
  );
  return view.instruments.find((one) => one.symbol === symbol)?.last ?? Number.NaN;
}
