/** The live stream: a snapshot, then frames, and a beat twice a second that says whether the worker still speaks. */
import { tracked } from '@trpc/server';
import { z } from 'zod';
import type { StreamMessage } from '../engine/view/words';
import type { WorkerHealth } from './door';
import { createInbox } from './inbox';
import { procedure, router } from './trpc';

/** From the web server itself, never from the worker: silence of this is silence of the web server. */
export interface Beat {
  kind: 'beat';
  atHostMs: number;
  worker: WorkerHealth;
}

export type LiveMessage = StreamMessage | Beat;

const BEAT_MS = 500;
/** A browser this far behind is not watching: its stream ends, and it comes back to a fresh snapshot. */
const MAX_BEHIND = 512;

function idOf(message: LiveMessage): string {
  return message.kind === 'beat' ? `beat-${message.atHostMs}` : String(message.n);
}

export const live = router({
  /** A stream always begins with a snapshot, so the last id that a browser sends is of no use. */
  stream: procedure
    .input(z.object({ lastEventId: z.string().nullish() }).optional())
    .subscription(async function* ({ ctx, signal }) {
      const inbox = createInbox<LiveMessage>(MAX_BEHIND);
      const beat = () => inbox.put({ kind: 'beat', atHostMs: Date.now(), worker: ctx.worker.health() });
      const leave = ctx.worker.watch(inbox.put);
      const timer = setInterval(beat, BEAT_MS);
      signal?.addEventListener('abort', inbox.close);
      beat();
      try {
        for await (const message of inbox.messages()) yield tracked(idOf(message), message);
      } finally {
        clearInterval(timer);
        leave();
      }
    }),
});
