/** The readings that every page shows: account, trading mode, protection of the whole book, day result, exchange time. */
'use client';

import { TrendingDown, TrendingUp } from 'lucide-react';
import { resultTone, signedDollars } from '../live/format/money';
import { age, exchangeOffset, exchangeTime } from '../live/format/time';
import { modeSaid, protectionSaid } from '../live/format/words';
import { useExchangeNow, useFreshness, useHostNow, useLive } from '../live/live';
import { Dot } from '../ui/badge';
import { cn } from '../ui/cn';
import { TONE_TEXT } from '../ui/tone';
import { Cell } from './cell';

export function AccountCell() {
  const account = useLive((state) => state.view?.venue.account ?? null);
  return (
    <Cell label="Account" className="max-sm:hidden xl:border-l-0 xl:pl-0">
      <span className="num">{account ?? '–'}</span>
    </Cell>
  );
}

export function ModeCell() {
  const mode = useLive((state) => state.view?.mode.mode ?? null);
  const stale = useFreshness() !== 'live';
  const said = mode === null ? null : modeSaid(mode);
  return (
    <Cell label="Trading" stale={stale && said !== null} className="max-sm:order-2">
      {said === null ? (
        <span className="text-faint">unknown</span>
      ) : (
        <span className={TONE_TEXT[said.tone]}>{said.words}</span>
      )}
    </Cell>
  );
}

/** The clock of anything that is not protected runs here, on every page. */
export function ProtectionCell() {
  const protection = useLive((state) => state.view?.protection ?? null);
  const stale = useFreshness() !== 'live';
  const now = useHostNow();
  if (protection === null) {
    return (
      <Cell label="Protection" className="max-sm:order-2">
        <span className="text-faint">unknown</span>
      </Cell>
    );
  }
  const said = protectionSaid(protection.state);
  const counts = protection.state !== 'none' && protection.state !== 'protected';
  return (
    <Cell label="Protection" stale={stale} className="max-sm:order-2">
      {said.tone === 'danger' ? <Dot tone="danger" pulse /> : null}
      <span
        className={cn(TONE_TEXT[said.tone], said.tone === 'danger' && 'font-bold')}
        title={protection.detail}
      >
        {protection.state === 'protected' ? 'all protected' : said.words}
      </span>
      {counts && protection.sinceHostMs !== null ? (
        <span className={cn('num', TONE_TEXT[said.tone])}>{age(now - protection.sinceHostMs)}</span>
      ) : null}
    </Cell>
  );
}

export function DayCell() {
  const net = useLive((state) =>
    state.view === null ? null : state.view.day.realizedMicros + state.view.day.openMicros,
  );
  const stale = useFreshness() !== 'live';
  const tone = net === null ? 'neutral' : resultTone(net);
  return (
    <Cell label="Day P&L, net" stale={stale && net !== null} className="max-sm:order-1">
      <span className={cn('num', TONE_TEXT[tone])}>{net === null ? '–' : signedDollars(net)}</span>
      {tone === 'safe' ? <TrendingUp aria-hidden size={13} className="text-safe" /> : null}
      {tone === 'danger' ? <TrendingDown aria-hidden size={13} className="text-danger" /> : null}
    </Cell>
  );
}

export function ExchangeClockCell() {
  const ts = useExchangeNow();
  const stale = useFreshness() !== 'live';
  const tape = useLive((state) => (state.worker?.clock === 'tape' ? state.worker.speed : null));
  return (
    <Cell
      label={ts === null ? 'US/Central' : `US/Central, ${exchangeOffset(ts)}`}
      stale={stale && ts !== null}
      className="max-lg:hidden"
    >
      <span className="num">{ts === null ? '–' : exchangeTime(ts)}</span>
      {tape !== null ? <span className="num font-normal text-faint">tape ×{tape}</span> : null}
    </Cell>
  );
}
