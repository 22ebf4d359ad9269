/** One proposal that a WAIT blocks: what would be sent, why it waits, every guard now, and the two ways out. An approval is for this exact order. */
'use client';

import { type ReactNode, useState } from 'react';
import type { GuardResult } from '@/server/engine/model/reason';
import type { ProposalView } from '@/server/engine/view/words';
import { dollarsShort } from '../live/format/money';
import { percent, price, signedTicks } from '../live/format/price';
import { useFreshness } from '../live/live';
import { useCommand } from '../live/use-command';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { ReasonField } from '../ui/reason-field';
import { Countdown } from './countdown';
import { Verdict } from './verdict';

interface ProposalCardProps {
  proposal: ProposalView;
  tickSize: number;
  guards: (results: readonly GuardResult[]) => ReactNode;
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-[10.5px] text-faint">{label}</dt>
      <dd className="num font-medium">{children}</dd>
    </div>
  );
}

function Figures({ proposal, tickSize }: { proposal: ProposalView; tickSize: number }) {
  return (
    <dl className="grid grid-cols-3 gap-x-3 gap-y-2 rounded-md bg-raised/60 px-3 py-2">
      <Figure label="Stop">{price(proposal.stop, tickSize)}</Figure>
      <Figure label="Target">{price(proposal.target, tickSize)}</Figure>
      <Figure label="Drift since">
        {proposal.driftTicks === null ? '–' : signedTicks(proposal.driftTicks)}
      </Figure>
      <Figure label="Risk at stop">{dollarsShort(proposal.riskMicros)}</Figure>
      <Figure label="Reward to risk">{proposal.rewardToRisk.toFixed(1)} R</Figure>
      <Figure label="Signal confidence">
        {proposal.confidence === null ? 'none' : percent(proposal.confidence)}
      </Figure>
    </dl>
  );
}

function Decision({ proposal }: { proposal: ProposalView }) {
  const [reason, setReason] = useState('');
  const approval = useCommand();
  const rejection = useCommand();
  const fresh = useFreshness() === 'live';
  const why = reason.trim();
  const { proposalId, digest } = proposal;
  const refusing = proposal.results.some((result) => result.verdict === 'deny');

  const approve = () =>
    approval.run(
      { kind: 'ApproveProposal', proposalId, digest, reason: why },
      'Approved: the guards ran again',
    );
  const reject = () =>
    rejection.run({ kind: 'RejectProposal', proposalId, reason: why }, 'Proposal rejected');

  return (
    <div>
      <ReasonField
        label="Reason, required to approve or to reject"
        placeholder="Why? Required either way, and journaled"
        testId="approve-reason"
        value={reason}
        onValueChange={setReason}
      />
      <div className="mt-2 grid grid-cols-2 gap-2">
        <Button
          data-testid="reject"
          className="max-md:h-11"
          disabled={why === '' || rejection.pending}
          onClick={reject}
        >
          Reject
        </Button>
        <Button
          data-testid="approve"
          variant="primary"
          className="max-md:h-11"
          disabled={why === '' || approval.pending || !fresh}
          onClick={approve}
        >
          Approve this order
        </Button>
      </div>
      {refusing ? (
        <p className="mt-2 text-caution text-xs">
          A guard refuses it now: an approval would be denied unless that changes.
        </p>
      ) : null}
      {fresh ? null : (
        <p className="mt-2 text-caution text-xs">
          Not live: it cannot be approved on old figures. Rejecting works.
        </p>
      )}
    </div>
  );
}

export function ProposalCard({ proposal, tickSize, guards }: ProposalCardProps) {
  return (
    <article data-testid="proposal" data-proposal={proposal.proposalId} className="grid gap-3 p-3.5">
      <header className="flex items-center gap-3">
        <Countdown fromHostMs={proposal.askedHostMs} toHostMs={proposal.expiresHostMs} />
        <div className="min-w-0">
          <h3 className="font-semibold text-[15px] leading-5">
            <span className={cn(proposal.side === 'BUY' ? 'text-accent' : 'text-short')}>
              {proposal.side}
            </span>{' '}
            <span className="num">{proposal.quantity}</span> {proposal.localSymbol}{' '}
            <span className="num text-mute">
              {proposal.orderType === 'MKT' ? 'at market, ' : '@ '}
              {price(proposal.entry, tickSize)}
            </span>
          </h3>
          <p className="truncate text-faint text-xs">{proposal.strategy}</p>
        </div>
      </header>
      <Verdict answer={proposal.answer} />
      <Figures proposal={proposal} tickSize={tickSize} />
      {guards(proposal.results)}
      <Decision proposal={proposal} />
    </article>
  );
}
