/** Buttons by how much they can do: quiet, plain, primary, danger. Text is never broken across lines. */
import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './cn';

const button = cva(
  'inline-flex select-none items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-50',
  {
    variants: {
      variant: {
        plain: 'border-line bg-raised text-ink enabled:hover:border-line-strong enabled:hover:bg-line',
        quiet: 'border-transparent bg-transparent text-mute enabled:hover:bg-raised enabled:hover:text-ink',
        primary: 'border-accent/50 bg-accent/15 text-accent enabled:hover:bg-accent/25',
        danger: 'border-danger/50 bg-danger/12 font-semibold text-danger enabled:hover:bg-danger/20',
      },
      size: {
        small: 'h-7 px-2.5 text-xs',
        medium: 'h-8 px-3 text-[12.5px]',
        large: 'h-11 px-4 text-sm',
        icon: 'size-8',
      },
    },
    defaultVariants: { variant: 'plain', size: 'medium' },
  },
);

export type ButtonProps = ComponentProps<'button'> & VariantProps<typeof button>;

export function Button({ className, variant, size, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={cn(button({ variant, size }), className)} {...rest} />;
}
