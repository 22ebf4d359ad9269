/** Orphans that wait for a person, above everything else that does. Nothing at all while there are none. */
'use client';

import { useId } from 'react';
import { useView } from '../live/live';
import { Dot } from '../ui/badge';
import { Panel, PanelHead } from '../ui/panel';
import { OrphanCard } from './orphan-card';

export function Orphans() {
  const id = useId();
  const positions = useView((view) => view.positions);
  const instruments = useView((view) => view.instruments);
  const waiting = positions.filter((position) => position.orphan?.decision === 'undecided');
  if (waiting.length === 0) return null;
  return (
    <Panel aria-labelledby={id} className="border-danger/55 max-lg:order-first">
      <PanelHead
        id={id}
        title={<span className="text-danger">Whose position is this?</span>}
        note="entries wait for your answer"
      >
        <Dot tone="danger" pulse />
        <span className="num text-mute">{waiting.length}</span>
      </PanelHead>
      <div className="divide-y divide-line">
        {waiting.map((position) => (
          <OrphanCard
            key={position.cycleId}
            position={position}
            tickSize={instruments.find((one) => one.symbol === position.symbol)?.tickSize ?? 0.25}
          />
        ))}
      </div>
    </Panel>
  );
}
