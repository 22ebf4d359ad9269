/** Labelled entry: a line of text, or one of a list. */
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

const INPUT =
  'w-full rounded-md border border-line-strong bg-bg px-2.5 text-[13px] text-ink focus-visible:border-accent focus-visible:outline-offset-0';

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cn(INPUT, 'h-8', className)} {...rest} />;
}

interface LabelProps {
  htmlFor: string;
  /** Read out, not shown. */
  hidden?: boolean;
  children: ReactNode;
}

export function Label({ htmlFor, hidden = false, children }: LabelProps) {
  return (
    <label htmlFor={htmlFor} className={hidden ? 'sr-only' : 'mb-1 block text-mute text-xs'}>
      {children}
    </label>
  );
}

interface SelectProps extends Omit<ComponentProps<'select'>, 'onChange'> {
  onValueChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
}

/** The system's own select: right on a phone, known to every screen reader. */
export function Select({ className, onValueChange, options, ...rest }: SelectProps) {
  return (
    <select
      className={cn(INPUT, 'h-8 w-auto pr-7', className)}
      onChange={(event) => onValueChange(event.target.value)}
      {...rest}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
