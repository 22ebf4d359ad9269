/** What is held right now. */
'use client';

import { useId } from 'react';
import type { PositionView } from '@/server/engine/view/words';
import { useFreshness, useView } from '../live/live';
import { Panel, PanelHead } from '../ui/panel';
import { Table, Th } from '../ui/table';
import { PositionRow } from './position-row';

function note(positions: readonly PositionView[]): string {
  if (positions.length === 0) return 'flat: no contract is held';
  const covered = positions.filter((position) => position.protection.state === 'protected').length;
  return `${positions.length} open · ${covered} protected`;
}

export function PositionsPanel() {
  const id = useId();
  const positions = useView((view) => view.positions);
  const instruments = useView((view) => view.instruments);
  const stale = useFreshness() !== 'live';
  return (
    <Panel aria-labelledby={id}>
      <PanelHead id={id} title="Positions" note={note(positions)} />
      {positions.length === 0 ? null : (
        <Table>
          <thead>
            <tr>
              <Th>Instrument</Th>
              <Th className="max-sm:hidden">Qty</Th>
              <Th className="max-sm:hidden">Average</Th>
              <Th className="max-sm:hidden">Last</Th>
              <Th>Open P&L</Th>
              <Th className="max-lg:hidden">Stop ◂ price ▸ target</Th>
              <Th>Protection</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {positions.map((position) => (
              <PositionRow
                key={position.cycleId}
                position={position}
                stale={stale}
                tickSize={instruments.find((one) => one.symbol === position.symbol)?.tickSize ?? 0.25}
              />
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
