/** The trading day so far: result, what was refused, and how much loss is left before the guards close it. */
'use client';

import { type ReactNode, useId } from 'react';
import { dollars, dollarsShort, resultTone, signedDollars } from '../live/format/money';
import { useFreshness, useView } from '../live/live';
import { cn } from '../ui/cn';
import { Panel, PanelHead } from '../ui/panel';
import { TONE_TEXT } from '../ui/tone';
import { EquityChart } from './equity-chart';

function Figure({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-3 py-1.5">
      <dt className="text-mute">{label}</dt>
      <dd className={cn('num font-medium', className)}>{children}</dd>
    </div>
  );
}

export function TodayPanel() {
  const id = useId();
  const day = useView((view) => view.day);
  const stale = useFreshness() !== 'live';
  const net = day.realizedMicros + day.openMicros;
  return (
    <Panel aria-labelledby={id}>
      <PanelHead id={id} title="Today" note={day.date}>
        <span className={cn('num font-semibold', stale ? 'stale' : TONE_TEXT[resultTone(net)])}>
          {signedDollars(net)}
        </span>
      </PanelHead>
      {day.equity.length > 1 ? (
        <EquityChart equity={day.equity} />
      ) : (
        <p className="px-3.5 pt-5 pb-3 text-center text-faint text-xs">
          The curve begins with the first closed trade.
        </p>
      )}
      <dl className="grid grid-cols-2 gap-x-6 px-3.5 pt-1 pb-2 [&>*:nth-child(-n+6)]:border-line/60 [&>*:nth-child(-n+6)]:border-b">
        <Figure label="Won / lost">
          {day.won} / {day.lost}
        </Figure>
        <Figure label="Entries">{day.entries}</Figure>
        <Figure label="Denied">{day.denied}</Figure>
        <Figure label="WAIT blocked">{day.waited}</Figure>
        <Figure label="Fees">{dollars(day.commissionMicros)}</Figure>
        <Figure label="Open" className={stale ? 'stale' : TONE_TEXT[resultTone(day.openMicros)]}>
          {signedDollars(day.openMicros)}
        </Figure>
        <Figure label="Drawdown" className={TONE_TEXT[resultTone(-Math.abs(day.worstDrawdownMicros))]}>
          {dollars(-Math.abs(day.worstDrawdownMicros))}
        </Figure>
        <Figure label="Loss left">{dollarsShort(day.lossLeftMicros)}</Figure>
      </dl>
    </Panel>
  );
}
