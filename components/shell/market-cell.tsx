/** Age of the oldest quote among the instruments whose session is open (the worst of them is what entries stand on), and why none comes. */
'use client';

import type { InstrumentView } from '@/server/engine/view/words';
import { age } from '../live/format/time';
import { useFreshness, useHostNow, useLive } from '../live/live';
import { cn } from '../ui/cn';
import { Cell } from './cell';
import { quoteTrouble } from './gateway-words';

const OLD_MS = 5_000;

const NONE: readonly InstrumentView[] = [];

/** @returns host time of the oldest latest quote; null when an open market has none; undefined when every market is closed. */
function oldestQuote(instruments: readonly InstrumentView[]): number | null | undefined {
  const open = instruments.filter((instrument) => instrument.sessionOpen);
  if (open.length === 0) return undefined;
  let oldest = Number.POSITIVE_INFINITY;
  for (const instrument of open) {
    if (instrument.quoteHostMs === null) return null;
    oldest = Math.min(oldest, instrument.quoteHostMs);
  }
  return oldest;
}

export function MarketCell() {
  const instruments = useLive((state) => state.view?.instruments ?? NONE);
  const fresh = useFreshness() === 'live';
  const now = useHostNow();
  const oldest = oldestQuote(instruments);
  const trouble = quoteTrouble(instruments);
  const differing = instruments.find((instrument) => instrument.hoursDiffer !== null)?.hoursDiffer ?? null;
  return (
    <Cell
      label="Market data"
      stale={!fresh && instruments.length > 0}
      className={trouble === null ? 'max-sm:hidden' : 'max-sm:order-2'}
    >
      {instruments.length === 0 ? <span className="text-faint">none</span> : null}
      {instruments.length > 0 && oldest === undefined ? (
        <span className={differing ? 'text-caution' : 'text-mute'} title={differing ?? undefined}>
          market closed
        </span>
      ) : null}
      {trouble !== null ? (
        <span
          className="text-caution"
          title="The broker sends no quotes: click the gateway to see why. Entries wait."
        >
          {trouble}
        </span>
      ) : null}
      {oldest === null && trouble === null ? <span className="text-caution">no quote yet</span> : null}
      {typeof oldest === 'number' ? (
        <>
          <span className={cn('num', now - oldest > OLD_MS && 'text-caution')}>{age(now - oldest)}</span>
          <span className="font-normal text-faint">old</span>
        </>
      ) : null}
    </Cell>
  );
}
