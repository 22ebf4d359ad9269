/** Says at once that the page is not live, since when, and what still works. */
'use client';

import { Unplug } from 'lucide-react';
import { useClockTick } from '../live/clock';
import { age } from '../live/format/time';
import { useFreshness, useHostNow, useLive } from '../live/live';

function NoWeb() {
  const heardAtMs = useLive((state) => state.heardAtMs);
  const openedAtMs = useLive((state) => state.openedAtMs);
  const now = useClockTick();
  return (
    <>
      <strong className="font-semibold">The live stream is silent.</strong>{' '}
      {heardAtMs === null ? (
        <>Nothing heard since this page opened, {age(now - openedAtMs)} ago.</>
      ) : (
        <>
          Last heartbeat <span className="num">{age(now - heardAtMs)}</span> ago; everything below is as it
          was then.
        </>
      )}{' '}
      Reconnecting. The kill switches take another path and stay usable.
    </>
  );
}

function NoWorker() {
  const worker = useLive((state) => state.beat?.worker ?? null);
  const now = useHostNow();
  return (
    <>
      <strong className="font-semibold">The worker does not answer.</strong>{' '}
      {worker?.heardHostMs ? (
        <>
          Last heartbeat <span className="num">{age(now - worker.heardHostMs)}</span> ago.{' '}
        </>
      ) : null}
      {worker?.why ? `${worker.why} ` : null}
      Stops that rest at the broker stay there. Cycles can still be read.
    </>
  );
}

function Stuck() {
  const turnedAtMs = useLive((state) => state.turnedAtMs);
  const now = useClockTick();
  return (
    <>
      <strong className="font-semibold">The worker stands still.</strong> It answers, and has decided nothing
      for <span className="num">{age(now - (turnedAtMs ?? now))}</span>; everything below is as it was then.
      Stops that rest at the broker stay there. Look in TWS, and at the worker's disk.
    </>
  );
}

const WORDS = { 'no-web': NoWeb, 'no-worker': NoWorker, stuck: Stuck };

export function LinkBanner() {
  const freshness = useFreshness();
  if (freshness === 'live' || freshness === 'opening') return null;
  const Words = WORDS[freshness];
  return (
    <div
      role="alert"
      data-testid="link-banner"
      className="flex items-start gap-2.5 border-danger/40 border-t bg-danger/12 px-4 py-2 text-danger"
    >
      <Unplug size={15} className="mt-0.5 shrink-0" aria-hidden />
      <p>
        <Words />
      </p>
    </div>
  );
}
