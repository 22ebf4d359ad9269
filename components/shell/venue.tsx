/** PAPER or LIVE, unmistakable: by word, by colour, and by the bar over the whole page. */
'use client';

import { useLive } from '../live/live';
import { cn } from '../ui/cn';

type Venue = 'PAPER' | 'LIVE' | 'UNKNOWN';

function useVenue(): Venue {
  return useLive((state) => {
    if (state.view === null) return 'UNKNOWN';
    return state.view.venue.paper ? 'PAPER' : 'LIVE';
  });
}

const BAR: Readonly<Record<Venue, string>> = {
  PAPER: 'bg-accent',
  LIVE: 'bg-danger',
  UNKNOWN: 'bg-line-strong',
};

const PILL: Readonly<Record<Venue, string>> = {
  PAPER: 'border-accent/45 bg-accent/15 text-accent',
  LIVE: 'border-danger bg-danger text-on-signal',
  UNKNOWN: 'border-line-strong text-faint',
};

export function VenueBar() {
  const venue = useVenue();
  return <div aria-hidden className={cn(venue === 'LIVE' ? 'h-1' : 'h-0.5', BAR[venue])} />;
}

export function VenuePill() {
  const venue = useVenue();
  return (
    <span
      data-testid="venue"
      className={cn(
        'rounded border px-2 py-1 font-bold text-[11px] leading-none tracking-[0.09em]',
        PILL[venue],
      )}
    >
      {venue === 'UNKNOWN' ? '…' : venue}
    </span>
  );
}
