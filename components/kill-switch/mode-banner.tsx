/** Trading is not Active: since when, by whom, why, and the way back. One line for the whole book, one for each instrument halted by itself. */
'use client';

import { OctagonPause } from 'lucide-react';
import { useState } from 'react';
import type { ModeView } from '@/server/engine/view/words';
import { exchangeTime } from '../live/format/time';
import { modeMeaning, modeSaid, scopeSaid, sentence } from '../live/format/words';
import { useLive } from '../live/live';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { ResumeDialog } from './resume-dialog';

const NONE: Readonly<Record<string, ModeView>> = {};

/** A flatten that runs has a banner of its own, and is not resumed from. */
const isHalted = ({ mode }: ModeView) => mode === 'Reducing' || mode === 'Halted';

interface LineProps {
  scope: string;
  record: ModeView;
  onResume: (scope: string) => void;
}

function Line({ scope, record, onResume }: LineProps) {
  const halted = record.mode === 'Halted';
  return (
    <div
      className={cn(
        'flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t px-4 py-2',
        halted ? 'border-danger/40 bg-danger/12 text-danger' : 'border-caution/40 bg-caution/10 text-caution',
      )}
    >
      <OctagonPause size={15} className="shrink-0" aria-hidden />
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">
          {modeSaid(record.mode).words}
          {scope === '*' ? '' : ` for ${scopeSaid(scope)}`}
        </strong>
        {record.since > 0 ? (
          <>
            {' '}
            since <span className="num">{exchangeTime(record.since)}</span>
          </>
        ) : null}{' '}
        by {sentence(record.why ? `${record.by}: ${record.why}` : record.by)} {modeMeaning(record.mode)}
      </p>
      <Button
        size="small"
        data-testid={scope === '*' ? 'resume-open' : `resume-open-${scope}`}
        onClick={() => onResume(scope)}
      >
        Resume…
      </Button>
    </div>
  );
}

export function ModeBanner() {
  const mode = useLive((state) => state.view?.mode ?? null);
  const symbolModes = useLive((state) => state.view?.symbolModes ?? NONE);
  const [resuming, setResuming] = useState<string | null>(null);
  const halted = Object.entries(symbolModes).filter(([, record]) => isHalted(record));
  const whole = mode !== null && isHalted(mode) ? mode : null;
  return (
    <>
      {whole !== null || halted.length > 0 ? (
        <div role="status" data-testid="mode-banner">
          {whole !== null ? <Line scope="*" record={whole} onResume={setResuming} /> : null}
          {halted.map(([symbol, record]) => (
            <Line key={symbol} scope={symbol} record={record} onResume={setResuming} />
          ))}
        </div>
      ) : null}
      <ResumeDialog scope={resuming} onClose={() => setResuming(null)} />
    </>
  );
}
