/** A countdown ring with the seconds that are left in its middle. */
import { cn } from './cn';

const RADIUS = 15.5;
const LENGTH = 2 * Math.PI * RADIUS;

/** @param share what is left, 0..1. */
export function Ring({ share, label, className }: { share: number; label: string; className?: string }) {
  const left = Math.max(0, Math.min(1, share));
  return (
    <svg
      viewBox="0 0 36 36"
      className={cn('size-10 shrink-0', className)}
      role="img"
      aria-label={`${label} left`}
    >
      <circle cx="18" cy="18" r={RADIUS} fill="none" strokeWidth="2.5" className="stroke-line" />
      <circle
        cx="18"
        cy="18"
        r={RADIUS}
        fill="none"
        strokeWidth="2.5"
        strokeLinecap="round"
        stroke="currentColor"
        strokeDasharray={`${left * LENGTH} ${LENGTH}`}
        transform="rotate(-90 18 18)"
      />
      <text x="18" y="21.6" textAnchor="middle" className="fill-ink font-mono text-[10.5px]">
        {label}
      </text>
    </svg>
  );
}
