/** The broker link: connected or not, the heartbeat's round trip, what is wrong with IB's data servers. Behind it: all that is known of it. */
'use client';

import { useState } from 'react';
import type { VenueView } from '@/server/engine/view/words';
import { age } from '../live/format/time';
import { useFreshness, useHostNow, useLive } from '../live/live';
import { Dot } from '../ui/badge';
import { cn } from '../ui/cn';
import { Dialog } from '../ui/dialog';
import { TONE_TEXT, type Tone } from '../ui/tone';
import { Cell } from './cell';
import { GatewayDetails } from './gateway-details';
import { farmTrouble } from './gateway-words';

/** Beyond this the heartbeat itself is news (ms). */
const LATE_HEARTBEAT_MS = 2_000;

function toneOf(venue: VenueView, lateMs: number | null): Tone {
  if (venue.phase === 'disconnected') return 'danger';
  if (venue.phase === 'connecting') return 'caution';
  if (!venue.reconciled || farmTrouble(venue.farms) !== null) return 'caution';
  return lateMs !== null && lateMs > LATE_HEARTBEAT_MS ? 'caution' : 'safe';
}

function Signs({ venue }: { venue: VenueView }) {
  const heartbeat = useLive((state) => state.worker?.heartbeat ?? null);
  const fresh = useFreshness() === 'live';
  const now = useHostNow();
  const connected = venue.phase === 'connected';
  const trouble = connected ? farmTrouble(venue.farms) : null;
  const heartbeatAgeMs = heartbeat === null ? null : now - heartbeat.atHostMs;
  const tone = toneOf(venue, connected ? heartbeatAgeMs : null);
  return (
    <>
      <Dot tone={fresh ? tone : 'neutral'} />
      <span className={connected && venue.reconciled ? undefined : TONE_TEXT[tone]}>
        {connected && !venue.reconciled ? 'reconciling' : venue.phase}
      </span>
      <span className={cn('num max-sm:hidden', trouble === null ? 'text-faint' : 'text-caution')}>
        {!connected ? age(now - venue.sinceHostMs) : trouble}
        {connected && trouble === null && heartbeat !== null && heartbeatAgeMs !== null
          ? `${Math.max(1, Math.round(heartbeat.roundTripMs))} ms${heartbeatAgeMs > LATE_HEARTBEAT_MS ? `, ${age(heartbeatAgeMs)} ago` : ''}`
          : null}
      </span>
    </>
  );
}

export function GatewayCell() {
  const [open, setOpen] = useState(false);
  const venue = useLive((state) => state.view?.venue ?? null);
  const fresh = useFreshness() === 'live';
  if (venue === null) {
    return (
      <Cell label="Gateway" testId="gateway-status" className="max-sm:order-2">
        <span className="text-faint">unknown</span>
      </Cell>
    );
  }
  return (
    <Cell label="Gateway" stale={!fresh} testId="gateway-status" className="max-sm:order-2">
      <button
        type="button"
        aria-haspopup="dialog"
        title="All that is known of the gateway"
        onClick={() => setOpen(true)}
        className="-mx-1 flex items-center gap-1.5 rounded px-1 decoration-dotted underline-offset-4 hover:underline"
      >
        <Signs venue={venue} />
      </button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="The gateway"
        description="The connection to the broker, and what it says of its market data."
      >
        <GatewayDetails venue={venue} />
      </Dialog>
    </Cell>
  );
}
