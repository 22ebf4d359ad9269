/** Commands that change something: each is sent once, under an id of its own, and answered when it is journaled. */
import { randomUUID } from 'node:crypto';
import type { LinkClient } from '../link/connect';
import type { CommandReply, OperatorCommandInput } from '../link/protocol';
import type { Desk, Outcome } from './outcome';
import { withWorker } from './worker';

export type Action = OperatorCommandInput['action'];

export function send(link: LinkClient, desk: Desk, action: Action): Promise<CommandReply> {
  return link.command({ commandId: randomUUID(), operator: desk.operator, via: 'cli', action });
}

/** @param done what to say when the worker accepted it. */
export function outcomeOf(reply: CommandReply, done: string): Outcome {
  switch (reply.result) {
    case 'accepted':
    case 'repeated':
      return {
        code: 0,
        text: reply.notOnDisk === undefined ? done : `${done} NOT ON DISK: ${reply.notOnDisk}`,
        data: reply,
      };
    case 'refused':
      return { code: 1, text: `Refused (${reply.code}): ${reply.why}`, data: reply };
  }
}

export function act(desk: Desk, action: Action, done: string): Promise<Outcome> {
  return withWorker(desk, async (link) => outcomeOf(await send(link, desk, action), done));
}

/** Approves the proposal as the worker shows it now: the approval carries the digest of exactly that order. */
export function approve(desk: Desk, proposalId: string, reason: string): Promise<Outcome> {
  return withWorker(desk, async (link) => {
    const { view } = await link.snapshot();
    const proposal = view.proposals.find((candidate) => candidate.proposalId === proposalId);
    if (proposal === undefined) return unknownProposal(proposalId, view.proposals);
    const { digest, side, quantity, localSymbol, entry, stop, target } = proposal;
    const order = `${side} ${quantity} ${localSymbol} at ${entry}, stop ${stop}, target ${target}`;
    const reply = await send(link, desk, { kind: 'ApproveProposal', proposalId, digest, reason });
    return outcomeOf(reply, `Approved: ${order}. The guards run once more before it is sent.`);
  });
}

function unknownProposal(proposalId: string, waiting: readonly { proposalId: string }[]): Outcome {
  const known = waiting.map((proposal) => proposal.proposalId);
  const which = known.length === 0 ? 'None is waiting.' : `Waiting: ${known.join(', ')}.`;
  return {
    code: 1,
    text: `No proposal ${proposalId} is waiting. ${which}`,
    data: { result: 'refused', code: 'PROPOSAL_UNKNOWN', waiting: known },
  };
}
