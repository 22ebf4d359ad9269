/** The gateway is gone while the worker lives: entries are blocked, and nothing queued is ever sent late. */
'use client';

import { PlugZap } from 'lucide-react';
import { age } from '../live/format/time';
import { sentence } from '../live/format/words';
import { useFreshness, useHostNow, useLive } from '../live/live';
import { absenceSaid } from './gateway-words';

function Since({ hostMs }: { hostMs: number }) {
  return <span className="num">{age(useHostNow() - hostMs)}</span>;
}

export function VenueBanner() {
  const venue = useLive((state) => state.view?.venue ?? null);
  const restarts = useLive((state) => state.worker?.restarts ?? null);
  const freshness = useFreshness();
  const now = useHostNow();
  if (freshness !== 'live' || venue === null || venue.phase === 'connected') return null;
  return (
    <div
      role="alert"
      data-testid="venue-banner"
      className="flex items-start gap-2.5 border-danger/40 border-t bg-danger/12 px-4 py-2 text-danger"
    >
      <PlugZap size={15} className="mt-0.5 shrink-0" aria-hidden />
      <p>
        <strong className="font-semibold">
          {venue.phase === 'connecting' ? 'Connecting to the gateway' : 'The gateway is gone'}
        </strong>{' '}
        for <Since hostMs={venue.sinceHostMs} />
        {venue.detail ? `: ${sentence(venue.detail)}` : '.'} {absenceSaid(restarts, venue.sinceHostMs, now)}{' '}
        Entries are blocked and nothing is queued; stops that rest at the broker stay there.
      </p>
    </div>
  );
}
