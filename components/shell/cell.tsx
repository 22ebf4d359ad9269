/** One reading in the strip: a small label over a value. A stale value is struck through, and a screen reader is told. */
import type { ReactNode } from 'react';
import { cn } from '../ui/cn';

interface CellProps {
  label: string;
  children: ReactNode;
  stale?: boolean;
  className?: string;
  testId?: string;
}

export function Cell({ label, children, stale = false, className, testId }: CellProps) {
  return (
    <div
      className={cn('min-w-0 whitespace-nowrap leading-tight xl:border-line xl:border-l xl:pl-3', className)}
    >
      <div className="mb-0.5 text-[10.5px] text-faint">{label}</div>
      <div
        data-testid={testId}
        data-stale={stale}
        className={cn('flex items-center gap-1.5 font-medium', stale && 'stale [&_*]:!text-faint')}
      >
        {children}
        {stale ? <span className="sr-only">(not live)</span> : null}
      </div>
    </div>
  );
}
