/** An incident in figures: how many orders, what became of them, by which reason; each reason is a filter. */
'use client';

import { useId } from 'react';
import { plural } from '../live/format/words';
import { Code } from '../ui/badge';
import { cn } from '../ui/cn';
import { Panel, PanelHead } from '../ui/panel';
import { TONE_TEXT } from '../ui/tone';
import { LimitsForm } from './limits-form';
import type { Incident, Summary } from './queries';
import { OUTCOMES, outcomeSaid } from './said';

interface SummaryPanelProps {
  incident: Incident;
  summary: Summary;
  reason: string | null;
  onReason: (reason: string | null) => void;
}

function Verdicts({ counts }: { counts: Summary['summary'] }) {
  return (
    <dl className="grid grid-cols-2 gap-px bg-line sm:grid-cols-5">
      {OUTCOMES.map((outcome) => {
        const { words, tone, means } = outcomeSaid(outcome);
        return (
          <div key={outcome} title={means} data-testid={`count-${outcome}`} className="bg-panel px-3.5 py-2">
            <dt className="text-faint text-xs">{words}</dt>
            <dd
              className={cn(
                'num font-semibold text-[19px] leading-6',
                counts[outcome] > 0 ? TONE_TEXT[tone] : 'text-faint',
              )}
            >
              {counts[outcome]}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Reasons({ summary, reason, onReason }: Omit<SummaryPanelProps, 'incident'>) {
  const most = Math.max(1, ...summary.summary.byReason.map(({ all }) => all));
  return (
    <ul className="grid gap-1 px-3.5 py-2.5">
      {summary.summary.byReason.map(({ code, first, all }) => (
        <li key={code}>
          <button
            type="button"
            aria-pressed={reason === code}
            data-testid="reason"
            onClick={() => onReason(reason === code ? null : code)}
            className={cn(
              'flex w-full items-center gap-2.5 rounded px-1 py-0.5 text-left text-xs hover:bg-raised',
              reason === code && 'bg-raised',
            )}
          >
            <Code className="w-[26ch] shrink-0">{code}</Code>
            <span aria-hidden className="h-1.5 min-w-0 grow overflow-hidden rounded-full bg-raised">
              <span
                className="block h-full rounded-full bg-danger/70"
                style={{ width: `${(100 * all) / most}%` }}
              />
            </span>
            <span className="num w-[10ch] text-right">
              {first} <span className="text-faint">of {all}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function SummaryPanel({ incident, ...rest }: SummaryPanelProps) {
  const id = useId();
  const { summary, sources, unread, suppressed, caveats } = rest.summary;
  return (
    <Panel aria-labelledby={id}>
      <PanelHead id={id} title={incident.title} note={plural(summary.orders, 'order')} />
      <Verdicts counts={summary} />
      {summary.byReason.length > 0 ? <Reasons {...rest} /> : null}
      <LimitsForm incident={incident} />
      <div className="grid gap-1 border-line border-t px-3.5 py-2.5 text-faint text-xs">
        <p>
          Beside each reason: orders that it stands first for, of all that it refuses. Press one to see only
          those.
        </p>
        <p data-testid="unread" className={cn(unread.count > 0 && 'text-caution')}>
          {unread.count === 0
            ? `Everything that looks like the bot's was read, in ${plural(sources.length, 'file')}.`
            : `${plural(unread.count, 'line')} that look like the bot's could not be read, first: ${unread.shown[0]?.source}:${unread.shown[0]?.line} (${unread.shown[0]?.why})`}
        </p>
        {suppressed.count > 0 ? (
          <p>
            {plural(suppressed.count, 'order')} the bot spoke of and never sent (held back as duplicates, for
            one).
          </p>
        ) : null}
        <details>
          <summary className="cursor-pointer hover:text-ink">What this evidence cannot tell</summary>
          <ul className="mt-1 grid list-disc gap-0.5 pl-4">
            {caveats.map((caveat) => (
              <li key={caveat}>{caveat}</li>
            ))}
          </ul>
        </details>
      </div>
    </Panel>
  );
}
