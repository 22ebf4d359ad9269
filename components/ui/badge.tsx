/** Small marks: a tinted chip, a code in monospace, a dot with a meaning. */
import type { ReactNode } from 'react';
import { cn } from './cn';
import { TONE_FILL, type Tone } from './tone';

const CHIP: Readonly<Record<Tone | 'violet', string>> = {
  neutral: 'border-line-strong bg-raised text-mute',
  safe: 'border-safe/35 bg-safe/10 text-safe',
  caution: 'border-caution/40 bg-caution/10 text-caution',
  danger: 'border-danger/45 bg-danger/12 text-danger',
  accent: 'border-accent/35 bg-accent/12 text-accent',
  violet: 'border-short/35 bg-short/12 text-short',
};

interface ChipProps {
  tone?: Tone | 'violet';
  className?: string;
  children: ReactNode;
}

export function Chip({ tone = 'neutral', className, children }: ChipProps) {
  return (
    <span
      className={cn(
        'inline-flex items-center whitespace-nowrap rounded border px-1.5 py-px font-semibold text-[10.5px] tracking-wide',
        CHIP[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

/** A reason code or a reference, set as code. */
export function Code({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <code className={cn('rounded bg-raised px-1.5 py-0.5 font-mono text-[10.5px] text-mute', className)}>
      {children}
    </code>
  );
}

export function Dot({ tone, pulse = false }: { tone: Tone; pulse?: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        'inline-block size-[7px] shrink-0 rounded-full',
        TONE_FILL[tone],
        pulse && 'animate-attention',
      )}
    />
  );
}

export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cn(
        'rounded-[3px] border border-current/30 px-1 font-mono text-[10px] leading-[15px] opacity-80',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
