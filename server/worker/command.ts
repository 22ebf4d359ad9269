/** A command that came over the link, in the engine's vocabulary: the link checked its shape, here its ids get their meaning. */
import type { CycleId, ProposalId } from '../engine/model/ids';
import type { OperatorAction, OperatorCommand } from '../engine/model/operator';
import type { OperatorCommandInput } from '../link/protocol';

export function toEngine(input: OperatorCommandInput): OperatorCommand {
  return { ...input, action: actionOf(input.action) };
}

function actionOf(action: OperatorCommandInput['action']): OperatorAction {
  switch (action.kind) {
    case 'HaltEntries':
    case 'Halt':
    case 'CancelEntries':
    case 'Flatten':
    case 'AbandonFlatten':
    case 'Resume':
      return action;
    case 'ExitPosition':
    case 'SetExitRules':
    case 'DecideOrphan':
      return { ...action, cycleId: action.cycleId as CycleId };
    case 'ApproveProposal':
    case 'RejectProposal':
      return { ...action, proposalId: action.proposalId as ProposalId };
  }
}
