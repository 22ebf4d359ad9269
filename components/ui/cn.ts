/** Joins class names; the later of two Tailwind classes for the same property wins. */
import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

const merge = extendTailwindMerge({});

export function cn(...classes: readonly ClassValue[]): string {
  return merge(clsx(classes));
}
