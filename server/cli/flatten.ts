/**
 * Flatten from the command line: sent once, then watched until the broker has confirmed it. NOT FLAT is told and watched on; the watch ends
 * when somebody abandons the flatten, or when all that is left waits for the market to open.
 */
import { inScope } from '../engine/model/book';
import type { FlattenView, StreamMessage, View } from '../engine/view/words';
import { type LinkClient, WorkerUnreachable } from '../link/connect';
import { fold, type Snapshot } from '../link/stream';
import { outcomeOf, send } from './act';
import type { Desk, Outcome } from './outcome';
import { withWorker } from './worker';

/** A worker that was killed is back before this; the procedure goes on by itself. */
const AWAY_MS_MAX = 30_000;

export function flatten(desk: Desk, scope: string, reason: string): Promise<Outcome> {
  return withWorker(desk, async (link) => {
    const reply = await send(link, desk, { kind: 'Flatten', scope, reason });
    if (reply.result === 'refused') return outcomeOf(reply, '');
    return endedAs(await watch(link, desk, { scope, seq: reply.seq }));
  });
}

/** Exit code 1 unless the broker itself said that nothing is left. */
export function endedAs(flatten: FlattenView): Outcome {
  const flat = flatten.phase === 'flat';
  const detail = isArmed(flatten)
    ? `${flatten.notFlat?.detail} The worker goes on by itself.`
    : flatten.detail;
  return {
    code: flat ? 0 : 1,
    text: `${flat ? 'FLAT' : 'NOT FLAT'}: ${detail}`,
    data: { result: flat ? 'flat' : 'not-flat', ...flatten },
  };
}

function isArmed({ notFlat }: FlattenView): boolean {
  return notFlat?.reason === 'MARKET_CLOSED';
}

/** The procedure that the command at `seq` began, as this view shows it; null when the view is older. */
export function flattenOf(view: View, { scope, seq }: { scope: string; seq: number }): FlattenView | null {
  const { flatten: shown } = view;
  return view.seq < seq || shown === null || !inScope(shown.scope, scope) ? null : shown;
}

function watch(link: LinkClient, desk: Desk, which: { scope: string; seq: number }): Promise<FlattenView> {
  return new Promise((resolve, reject) => {
    let shown = '';
    let latest: Snapshot | null = null;
    let away: NodeJS.Timeout | undefined;
    const leave = [
      link.subscribe((message: StreamMessage) => {
        latest = message.kind === 'snapshot' ? message : latest && fold(latest, message);
        const now = latest && flattenOf(latest.view, which);
        if (!now) return;
        const line = now.notFlat
          ? `NOT FLAT: ${now.notFlat.detail} It goes on.`
          : `${now.phase}: ${now.detail}`;
        if (now.phase === 'flat' || now.phase === 'abandoned' || isArmed(now)) end(() => resolve(now));
        else if (line !== shown) desk.tell(line);
        shown = line;
      }),
      link.onStatus(({ connected }) => {
        clearTimeout(away);
        if (connected) return;
        desk.tell('The worker is gone. The procedure goes on when it is back; waiting for it.');
        away = setTimeout(() => end(() => reject(new WorkerUnreachable(LOST))), AWAY_MS_MAX);
      }),
    ];
    const end = (settle: () => void): void => {
      clearTimeout(away);
      for (const go of leave) go();
      settle();
    };
  });
}

const LOST =
  'The worker did not come back, so nobody has confirmed that the account is flat. Look in TWS, and close what is open there.';
