/** The broker link: connected or not, the heartbeat's round trip, and its age once that says something. */
'use client';

import type { VenueView } from '@/server/engine/view/words';
import { age } from '../live/format/time';
import { useFreshness, useHostNow, useLive } from '../live/live';
import { Dot } from '../ui/badge';
import { TONE_TEXT, type Tone } from '../ui/tone';
import { Cell } from './cell';

/** Beyond this the heartbeat itself is news (ms). */
const LATE_HEARTBEAT_MS = 2_000;

function toneOf(venue: VenueView, lateMs: number | null): Tone {
  if (venue.phase === 'disconnected') return 'danger';
  if (venue.phase === 'connecting') return 'caution';
  if (!venue.reconciled) return 'caution';
  return lateMs !== null && lateMs > LATE_HEARTBEAT_MS ? 'caution' : 'safe';
}

export function GatewayCell() {
  const venue = useLive((state) => state.view?.venue ?? null);
  const heartbeat = useLive((state) => state.worker?.heartbeat ?? null);
  const fresh = useFreshness() === 'live';
  const now = useHostNow();
  if (venue === null) {
    return (
      <Cell label="Gateway" testId="gateway-status" className="max-sm:order-2">
        <span className="text-faint">unknown</span>
      </Cell>
    );
  }
  const connected = venue.phase === 'connected';
  const heartbeatAgeMs = heartbeat === null ? null : now - heartbeat.atHostMs;
  const tone = toneOf(venue, connected ? heartbeatAgeMs : null);
  return (
    <Cell label="Gateway" stale={!fresh} testId="gateway-status" className="max-sm:order-2">
      <Dot tone={fresh ? tone : 'neutral'} />
      <span className={connected && venue.reconciled ? undefined : TONE_TEXT[tone]} title={venue.detail}>
        {connected && !venue.reconciled ? 'reconciling' : venue.phase}
      </span>
      <span className="num text-faint max-sm:hidden">
        {!connected ? age(now - venue.sinceHostMs) : null}
        {connected && heartbeat !== null && heartbeatAgeMs !== null
          ? `${Math.max(1, Math.round(heartbeat.roundTripMs))} ms${heartbeatAgeMs > LATE_HEARTBEAT_MS ? `, ${age(heartbeatAgeMs)} ago` : ''}`
          : null}
      </span>
    </Cell>
  );
}
