/** A flatten that still runs, or that failed and was not resumed from, is said on every page even when its dialog is closed. */
'use client';

import { LoaderCircle, TriangleAlert } from 'lucide-react';
import { scopeSaid } from '../live/format/words';
import { useLive } from '../live/live';

export function FlattenBanner() {
  const flatten = useLive((state) => state.view?.flatten ?? null);
  const active = useLive((state) => state.view?.mode.mode === 'Active');
  if (flatten === null || flatten.phase === 'flat') return null;
  const failed = flatten.phase === 'not-flat';
  if (failed && active) return null;
  return (
    <div
      role={failed ? 'alert' : 'status'}
      data-testid="flatten-banner"
      className="flex items-start gap-2.5 border-danger/40 border-t bg-danger/12 px-4 py-2 text-danger"
    >
      {failed ? (
        <TriangleAlert size={15} className="mt-0.5 shrink-0" aria-hidden />
      ) : (
        <LoaderCircle size={15} className="mt-0.5 shrink-0 animate-spin" aria-hidden />
      )}
      <p>
        <strong className="font-semibold">
          {failed ? 'NOT FLAT' : `Flattening ${scopeSaid(flatten.scope)}`}
        </strong>
        : {flatten.detail}
      </p>
    </div>
  );
}
