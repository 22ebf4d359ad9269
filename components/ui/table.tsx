/** Table parts: the first column reads left, numbers stand right. */
import type { ComponentProps } from 'react';
import { cn } from './cn';

export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return (
    <div className="scroll-quiet relative overflow-x-auto">
      <table className={cn('w-full border-collapse', className)} {...rest} />
    </div>
  );
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cn(
        'whitespace-nowrap border-line border-b px-2 py-1.5 text-right sm:px-3 font-normal text-[11px] text-faint first:pl-3.5 first:text-left last:pr-3.5',
        className,
      )}
      {...rest}
    />
  );
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return (
    <td
      className={cn('px-2 py-2 text-right sm:px-3 first:pl-3.5 first:text-left last:pr-3.5', className)}
      {...rest}
    />
  );
}

/** Rows are parted by a hairline, the last one not. */
export const ROW = 'border-line/70 border-b last:border-b-0';
