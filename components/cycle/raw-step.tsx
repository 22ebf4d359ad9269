/** The facts of one journal entry, as they are written. */
'use client';

import { useId } from 'react';
import { exchangeTimeMs } from '../live/format/time';
import { Panel, PanelHead } from '../ui/panel';
import type { Step } from './steps';

interface RawStepProps {
  steps: readonly Step[];
  selected: number | null;
  onSelect: (seq: number) => void;
}

export function RawStep({ steps, selected, onSelect }: RawStepProps) {
  const id = useId();
  const index = Math.max(
    0,
    steps.findIndex((step) => step.seq === selected),
  );
  const step = steps[index];
  if (step === undefined) return null;
  return (
    <Panel aria-labelledby={id}>
      <PanelHead
        id={id}
        title={
          <>
            The journal at <span className="num">{exchangeTimeMs(step.ts)}</span>
          </>
        }
        note={`entry ${step.seq.toLocaleString('en-US')}, step ${index + 1} of ${steps.length}`}
      />
      <div className="px-3.5 pt-3">
        <input
          type="range"
          aria-label="Step of the cycle"
          min={0}
          max={steps.length - 1}
          value={index}
          onChange={(event) => {
            const chosen = steps[Number(event.target.value)];
            if (chosen) onSelect(chosen.seq);
          }}
          className="w-full accent-accent"
        />
      </div>
      <pre
        data-testid="raw-facts"
        className="scroll-quiet max-h-[360px] overflow-auto px-3.5 pt-1 pb-3 font-mono text-[11.5px] text-mute leading-relaxed"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        {step.facts.map((fact) => JSON.stringify(fact, null, 2)).join('\n')}
      </pre>
    </Panel>
  );
}
