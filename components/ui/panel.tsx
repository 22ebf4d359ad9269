/** A titled region of the instrument panel. */
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

export function Panel({ className, ...rest }: ComponentProps<'section'>) {
  return (
    <section
      className={cn('min-w-0 overflow-hidden rounded-[10px] border border-line bg-panel', className)}
      {...rest}
    />
  );
}

interface PanelHeadProps {
  id?: string;
  title: ReactNode;
  note?: ReactNode;
  children?: ReactNode;
  className?: string;
}

/** @param note said after the title in a fainter voice; children sit at the right end. */
export function PanelHead({ id, title, note, children, className }: PanelHeadProps) {
  return (
    <header
      className={cn(
        'flex min-h-10 flex-wrap items-center gap-x-2 gap-y-1 border-line px-3.5 py-1.5 not-last:border-b',
        className,
      )}
    >
      <h2 id={id} className="font-semibold text-[12.5px] text-ink">
        {title}
      </h2>
      {note ? <span className="text-faint text-xs">{note}</span> : null}
      {children ? <div className="ml-auto flex items-center gap-2">{children}</div> : null}
    </header>
  );
}

/** What a panel says when there is nothing in it, and why. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="px-4 py-7 text-center">
      <p className="text-mute">{title}</p>
      {children ? <p className="mx-auto mt-1 max-w-[52ch] text-faint text-xs">{children}</p> : null}
    </div>
  );
}
