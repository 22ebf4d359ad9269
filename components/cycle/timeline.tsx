/** What happened, in order, to the millisecond of exchange time. A step can be chosen: its facts stand beside it as the journal holds them. */
'use client';

import type { ReactNode } from 'react';
import type { CycleFact } from '@/server/engine/model/fact';
import type { GuardResult } from '@/server/engine/model/reason';
import { exchangeTimeMs } from '../live/format/time';
import { Code } from '../ui/badge';
import { cn } from '../ui/cn';
import type { Tone } from '../ui/tone';
import type { Step } from './steps';
import { type PriceOfTicks, tell } from './tell';

const RING: Readonly<Record<Tone, string>> = {
  neutral: 'border-faint',
  safe: 'border-safe',
  caution: 'border-caution',
  danger: 'border-danger',
  accent: 'border-accent',
};

/** Passing guards shown unasked, where they first ran. */
const LEAD = 4;

interface TimelineProps {
  steps: readonly Step[];
  at: PriceOfTicks;
  selected: number | null;
  onSelect: (seq: number) => void;
  guards: (results: readonly GuardResult[], lead: number) => ReactNode;
}

function Fact({ fact, at, guards }: { fact: CycleFact } & Pick<TimelineProps, 'at' | 'guards'>) {
  const told = tell(fact, at);
  return (
    <>
      <span
        className={cn(
          told.tone === 'danger' && 'font-medium text-danger',
          told.tone === 'caution' && 'text-caution',
        )}
      >
        {told.text}
      </span>{' '}
      {told.note ? <span className="text-faint [overflow-wrap:anywhere]">{told.note}</span> : null}{' '}
      {told.codes?.map((code) => (
        <Code key={code} className="mr-1">
          {code}
        </Code>
      ))}
      {fact.type === 'GuardsEvaluated' ? (
        <div className="relative mt-1.5 max-w-[560px]">
          {guards(fact.results, fact.at === 'signal' ? LEAD : 0)}
        </div>
      ) : null}
    </>
  );
}

export function Timeline({ steps, at, selected, onSelect, guards }: TimelineProps) {
  const lines = steps.flatMap((step) => step.facts.map((fact, index) => ({ step, fact, index })));
  return (
    <ol
      data-testid="cycle-timeline"
      className="relative py-2 before:absolute before:top-4 before:bottom-4 before:left-[121.5px] before:w-px before:bg-line max-sm:before:left-[15.5px]"
    >
      {lines.map(({ step, fact, index }) => (
        <li
          key={`${step.seq}.${index}`}
          data-fact={fact.type}
          className={cn(
            'relative grid grid-cols-[96px_12px_minmax(0,1fr)] gap-x-2.5 px-3.5 py-[5px] max-sm:grid-cols-[12px_minmax(0,1fr)] max-sm:px-2.5',
            step.seq === selected && 'bg-accent/8',
          )}
        >
          <button
            type="button"
            aria-pressed={step.seq === selected}
            title={`Journal entry ${step.seq}: show its facts`}
            onClick={() => onSelect(step.seq)}
            className={cn(
              'num self-start rounded text-right text-[11.5px] leading-[19px] hover:text-ink max-sm:col-start-2 max-sm:text-left',
              index === 0
                ? 'text-mute'
                : 'text-transparent hover:text-faint focus-visible:text-faint max-sm:hidden',
            )}
          >
            {exchangeTimeMs(step.ts)}
          </button>
          <span
            aria-hidden
            className={cn(
              'z-[1] mt-[5px] size-[9px] rounded-full border-2 bg-panel max-sm:row-start-1',
              RING[tell(fact, at).tone],
            )}
          />
          <div className="min-w-0 max-sm:col-start-2">
            <Fact fact={fact} at={at} guards={guards} />
          </div>
        </li>
      ))}
    </ol>
  );
}
