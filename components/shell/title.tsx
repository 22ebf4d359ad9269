/** The tab's title tells the state of the book, so that a tab in the background still speaks. */
'use client';

import { useEffect } from 'react';
import { signedDollars } from '../live/format/money';
import { useFreshness, useLive } from '../live/live';

export function LiveTitle() {
  const freshness = useFreshness();
  const title = useLive(({ view }) => {
    if (view === null) return 'Interlock';
    const waiting = view.proposals.filter((proposal) => proposal.phase === 'waiting').length;
    const held = view.positions.length;
    const alarm = view.protection.state === 'unprotected' || view.protection.state === 'emergency';
    return [
      alarm ? 'UNPROTECTED' : null,
      waiting > 0 ? `(${waiting})` : null,
      signedDollars(view.day.realizedMicros + view.day.openMicros),
      held > 0 ? `${held} open` : 'flat',
      view.venue.paper ? 'Paper' : 'LIVE',
    ]
      .filter((part) => part !== null)
      .join(' · ');
  });
  useEffect(() => {
    const dead = freshness !== 'live' && freshness !== 'opening';
    document.title = dead ? 'NOT LIVE · Interlock' : `${title} · Interlock`;
  }, [title, freshness]);
  return null;
}
