/** Stop, price, target on one line. Left of the entry is loss, right of it profit; the pin is the price. */
import { cn } from '../ui/cn';
import { spanOf } from './span';

interface RangeBarProps {
  position: { stop: number | null; target: number | null; average: number; last: number | null };
  label: string;
  className?: string;
}

export function RangeBar({ position, label, className }: RangeBarProps) {
  const span = spanOf(position);
  if (span === null) return <span className="text-faint">–</span>;
  const winning = span.price !== null && span.price >= span.entry;
  return (
    <span
      role="img"
      aria-label={label}
      className={cn(
        'relative inline-block h-1.5 w-28 overflow-visible rounded-full bg-raised align-middle',
        className,
      )}
    >
      <span
        className="absolute inset-y-0 left-0 rounded-l-full bg-danger/25"
        style={{ width: `${span.entry * 100}%` }}
      />
      <span
        className="absolute inset-y-0 right-0 rounded-r-full bg-safe/25"
        style={{ left: `${span.entry * 100}%` }}
      />
      {span.price !== null ? (
        <>
          <span
            className={cn('absolute inset-y-0', winning ? 'bg-safe' : 'bg-danger')}
            style={{
              left: `${Math.min(span.price, span.entry) * 100}%`,
              width: `${Math.abs(span.price - span.entry) * 100}%`,
            }}
          />
          <span
            className="-top-1 -ml-px absolute h-3.5 w-0.5 rounded-full bg-ink"
            style={{ left: `${span.price * 100}%` }}
          />
        </>
      ) : null}
    </span>
  );
}
