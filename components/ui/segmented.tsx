/** A few choices side by side, one of them on. Arrow keys move between them (Radix toggle group). */
'use client';

import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  onValueChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode }[];
  className?: string;
}

export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const choose = (value: string) => {
    const option = props.options.find((known) => known.value === value);
    if (option) props.onValueChange(option.value);
  };
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={props.label}
      value={props.value}
      onValueChange={choose}
      className={cn('flex min-w-0 items-center gap-0.5 overflow-x-auto', props.className)}
    >
      {props.options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="whitespace-nowrap rounded-md px-2 py-1 text-faint text-xs hover:text-ink focus-visible:outline-offset-0 data-[state=on]:bg-raised data-[state=on]:font-medium data-[state=on]:text-ink"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
