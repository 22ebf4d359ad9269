/** How long until the gateway goes away by itself, on every page: nothing is wrong then, and somebody may have to log in. */
'use client';

import { useFreshness, useHostNow, useLive } from '../live/live';
import { TONE_TEXT } from '../ui/tone';
import { Cell } from './cell';
import { restartSaid } from './gateway-words';

export function RestartCell() {
  const restarts = useLive((state) => state.worker?.restarts ?? null);
  const stale = useFreshness() !== 'live';
  const said = restartSaid(restarts, useHostNow());
  if (said === null) return null;
  return (
    <Cell label="Restart in" stale={stale} testId="gateway-restart" className="max-sm:order-2">
      <span className={TONE_TEXT[said.tone]}>
        <span className="num">{said.words}</span>
        {said.login ? ', log in' : ''}
      </span>
    </Cell>
  );
}
