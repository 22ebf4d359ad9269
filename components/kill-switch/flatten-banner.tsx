/** A flatten that still runs, with what keeps it from being FLAT, or that was abandoned and not resumed from: on every page. */
'use client';

import { LoaderCircle, TriangleAlert } from 'lucide-react';
import { scopeSaid } from '../live/format/words';
import { useLive } from '../live/live';

export function FlattenBanner() {
  const flatten = useLive((state) => state.view?.flatten ?? null);
  const active = useLive((state) => state.view?.mode.mode === 'Active');
  if (flatten === null || flatten.phase === 'flat') return null;
  const abandoned = flatten.phase === 'abandoned';
  if (abandoned && active) return null;
  const late = flatten.notFlat !== null;
  return (
    <div
      role={abandoned || late ? 'alert' : 'status'}
      data-testid="flatten-banner"
      className="flex items-start gap-2.5 border-danger/40 border-t bg-danger/12 px-4 py-2 text-danger"
    >
      {abandoned ? (
        <TriangleAlert size={15} className="mt-0.5 shrink-0" aria-hidden />
      ) : (
        <LoaderCircle size={15} className="mt-0.5 shrink-0 animate-spin" aria-hidden />
      )}
      <p>
        <strong className="font-semibold">
          {abandoned || late ? 'NOT FLAT' : `Flattening ${scopeSaid(flatten.scope)}`}
        </strong>
        : {flatten.notFlat?.detail ?? flatten.detail}
        {late ? ` Flattening ${scopeSaid(flatten.scope)} goes on.` : null}
      </p>
    </div>
  );
}
