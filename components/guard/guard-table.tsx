/** Every guard's value against its limit: what refuses stands first and open, what passes is folded. */
'use client';

import { Check, ChevronRight, Minus, Pause, X } from 'lucide-react';
import { useId, useState } from 'react';
import type { GuardResult } from '@/server/engine/model/reason';
import { cn } from '../ui/cn';
import { failedFirst, limitSaid, observedSaid } from './measure';

function Mark({ verdict }: { verdict: GuardResult['verdict'] }) {
  switch (verdict) {
    case 'pass':
      return <Check size={14} className="text-safe" aria-label="passes" />;
    case 'wait':
      return <Pause size={14} className="text-caution" aria-label="waits" />;
    case 'deny':
      return <X size={14} className="text-danger" aria-label="refuses" />;
    case 'skip':
      return <Minus size={14} className="text-faint" aria-label="not measurable" />;
  }
}

function Row({ result }: { result: GuardResult }) {
  const failed = result.verdict === 'deny' || result.verdict === 'wait';
  return (
    <tr
      data-testid="guard-row"
      data-verdict={result.verdict}
      title={result.code}
      className="border-line/60 border-b last:border-0"
    >
      <th scope="row" className={cn('py-1 pr-3 text-left font-normal', failed ? 'text-ink' : 'text-mute')}>
        {result.guard}
      </th>
      <td className={cn('num py-1 text-right whitespace-normal', failed && 'font-medium')}>
        {observedSaid(result)}
      </td>
      <td className="num py-1 pl-3 text-right whitespace-normal text-faint">{limitSaid(result)}</td>
      <td className="w-6 py-1 pl-2">
        <Mark verdict={result.verdict} />
      </td>
    </tr>
  );
}

interface GuardTableProps {
  results: readonly GuardResult[];
  /** How many of those that pass are shown without opening it. */
  lead?: number;
}

function foldedSaid(folded: readonly GuardResult[], others: boolean): string {
  const skipped = folded.filter((result) => result.verdict === 'skip').length;
  const passing = folded.length - skipped;
  const more = others ? 'more ' : '';
  const words = `${passing} ${more}${passing === 1 ? 'passes' : 'pass'}`;
  return skipped > 0 ? `${words}, ${skipped} not measurable` : words;
}

export function GuardTable({ results, lead = 0 }: GuardTableProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { failed, rest } = failedFirst(results);
  const first = [...failed, ...rest.slice(0, lead)];
  const folded = rest.slice(lead);
  return (
    <div className="text-xs">
      <table className="w-full border-collapse">
        <tbody>
          {first.map((result) => (
            <Row key={`${result.guard} ${result.code}`} result={result} />
          ))}
        </tbody>
        {open ? (
          <tbody id={id}>
            {folded.map((result) => (
              <Row key={`${result.guard} ${result.code}`} result={result} />
            ))}
          </tbody>
        ) : null}
      </table>
      {folded.length > 0 ? (
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="mt-0.5 flex w-full items-center gap-1 rounded py-1 text-faint hover:text-ink"
        >
          <ChevronRight size={13} className={cn('transition-transform', open && 'rotate-90')} aria-hidden />
          {foldedSaid(folded, first.length > 0)}
          <Check size={14} className="mr-0.5 ml-auto text-safe" aria-hidden />
        </button>
      ) : null}
    </div>
  );
}
