/** The WAIT queue: proposals that only a person can lift, oldest first. */
'use client';

import { type ReactNode, useId } from 'react';
import type { GuardResult } from '@/server/engine/model/reason';
import { useView } from '../live/live';
import { Dot } from '../ui/badge';
import { cn } from '../ui/cn';
import { Panel, PanelHead } from '../ui/panel';
import { ProposalCard } from './proposal-card';

interface QueueProps {
  guards: (results: readonly GuardResult[]) => ReactNode;
}

function noteOf(asking: string | null, waiting: number): string | null {
  if (asking !== null) return `asking the advisor about ${asking}`;
  return waiting === 0 ? 'nothing; a WAIT blocks its entry and asks here' : null;
}

export function AdvisoryQueue({ guards }: QueueProps) {
  const id = useId();
  const proposals = useView((view) => view.proposals);
  const instruments = useView((view) => view.instruments);
  const asking = useView((view) => view.proposals.find((proposal) => proposal.phase === 'asking') ?? null);
  const waiting = proposals.filter((proposal) => proposal.phase === 'waiting');
  const tickOf = (symbol: string) =>
    instruments.find((instrument) => instrument.symbol === symbol)?.tickSize ?? 0.25;
  return (
    <Panel
      aria-labelledby={id}
      className={cn(waiting.length > 0 ? 'border-caution/55 max-lg:order-first' : 'max-lg:order-2')}
    >
      <PanelHead
        id={id}
        title={<span className={cn(waiting.length > 0 && 'text-caution')}>Waiting for you</span>}
        note={noteOf(asking?.localSymbol ?? null, waiting.length)}
      >
        {waiting.length > 0 ? (
          <>
            <Dot tone="caution" pulse />
            <span className="num text-mute">{waiting.length}</span>
          </>
        ) : null}
      </PanelHead>
      {waiting.length === 0 ? null : (
        <div className="divide-y divide-line">
          {waiting.map((proposal) => (
            <ProposalCard
              key={proposal.proposalId}
              proposal={proposal}
              tickSize={tickOf(proposal.symbol)}
              guards={guards}
            />
          ))}
        </div>
      )}
    </Panel>
  );
}
