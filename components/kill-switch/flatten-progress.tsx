/** Where a flatten stands, in the engine's own words, until the broker confirms it or does not. */
'use client';

import { CircleCheck, CircleX, LoaderCircle } from 'lucide-react';
import type { FlattenView } from '@/server/engine/view/words';
import { age, exchangeTime } from '../live/format/time';
import { useHostNow } from '../live/live';
import { cn } from '../ui/cn';
import { AbandonFlatten } from './abandon-flatten';

interface FlattenProgressProps {
  flatten: FlattenView | null;
  answer: 'none yet' | 'journaled' | 'failed';
  fresh: boolean;
}

function Step({ done, now, children }: { done: boolean; now: boolean; children: string }) {
  return (
    <li className={cn('flex items-center gap-2.5', done || now ? 'text-ink' : 'text-faint')}>
      {done ? <CircleCheck size={16} className="text-safe" aria-label="done" /> : null}
      {!done && now ? (
        <LoaderCircle size={16} className="animate-spin text-accent" aria-label="under way" />
      ) : null}
      {!done && !now ? (
        <span aria-hidden className="mx-[3px] size-2.5 rounded-full border border-line-strong" />
      ) : null}
      {children}
    </li>
  );
}

function Ended({ flatten }: { flatten: FlattenView }) {
  const flat = flatten.phase === 'flat';
  return (
    <div
      data-testid="flatten-result"
      className={cn('flex items-start gap-3', flat ? 'text-safe' : 'text-danger')}
    >
      {flat ? <CircleCheck size={28} aria-hidden /> : <CircleX size={28} aria-hidden />}
      <div>
        <p className="font-bold text-xl leading-7 tracking-tight">{flat ? 'FLAT' : 'NOT FLAT'}</p>
        <p className="text-ink">{flatten.detail}</p>
        {flatten.endedTs !== null ? (
          <p className="mt-0.5 text-faint text-xs">
            <span className="num">{exchangeTime(flatten.endedTs)}</span> US/Central, by {flatten.by}
          </p>
        ) : null}
        {flat ? null : (
          <p className="mt-2 text-mute">Hold again to go on with it, or close what is left in TWS.</p>
        )}
      </div>
    </div>
  );
}

/** The time is up. It goes on by itself; a person may look in TWS, or end it. */
function NotFlatYet({ flatten }: { flatten: FlattenView }) {
  return (
    <div data-testid="flatten-not-flat" className="mt-4 border-line border-t pt-4 text-danger">
      <p className="font-bold text-lg tracking-tight">NOT FLAT</p>
      <p className="text-ink">{flatten.notFlat?.detail}</p>
      <p className="mt-1 text-mute">It goes on until the broker confirms that nothing is left.</p>
      <AbandonFlatten />
    </div>
  );
}

function Elapsed({ sinceHostMs }: { sinceHostMs: number }) {
  return <span className="num text-faint">{age(useHostNow() - sinceHostMs)}</span>;
}

export function FlattenProgress({ flatten, answer, fresh }: FlattenProgressProps) {
  const ended = flatten?.phase === 'flat' || flatten?.phase === 'abandoned';
  const journaled = flatten !== null || answer === 'journaled';
  return (
    <div role="status" className="px-5 py-5">
      {flatten !== null && ended ? <Ended flatten={flatten} /> : null}
      {!ended && answer === 'failed' && flatten === null ? (
        <p className="text-danger">
          Not confirmed. The command may or may not have arrived: holding again sends the same one, never a
          second.
        </p>
      ) : null}
      {!ended && (answer !== 'failed' || flatten !== null) ? (
        <>
          <ol className="grid gap-2">
            <Step done={journaled} now={!journaled}>
              Journaled; entries halted
            </Step>
            <Step done={flatten?.phase === 'verifying'} now={journaled}>
              Cancelling entries and closing positions
            </Step>
            <Step done={false} now={flatten?.phase === 'verifying'}>
              Verifying flat at the broker
            </Step>
          </ol>
          <p className="mt-3 text-mute">
            {flatten?.detail} {flatten ? <Elapsed sinceHostMs={flatten.startedHostMs} /> : null}
          </p>
          {flatten?.notFlat ? <NotFlatYet flatten={flatten} /> : null}
          {fresh ? null : (
            <p className="mt-2 text-caution">
              The page is not live, so progress cannot be shown. Look in TWS as well.
            </p>
          )}
        </>
      ) : null}
    </div>
  );
}
