/** Puts a proposal to the advisor. An answer that is there at once is returned; a later one, or a failure, comes as an event. */
import type { AdvisorAnswer, AdvisorRequest } from '../engine/model/advisory';
import type { EngineEvent } from '../engine/model/event';
import type { Advisor } from '../ports';

export function askWith(advisor: Advisor, post: (event: EngineEvent) => void) {
  return ({ ...request }: AdvisorRequest): AdvisorAnswer | null => {
    const { proposalId } = request;
    const failed = (cause: unknown) =>
      post({
        type: 'AdvisorFailed',
        proposalId,
        advisor: advisor.name,
        why: cause instanceof Error ? cause.message : String(cause),
      });
    try {
      const answer = advisor.ask(request);
      if (!(answer instanceof Promise)) return answer;
      answer.then((later) => post({ type: 'AdvisorAnswered', proposalId, answer: later }), failed);
    } catch (cause) {
      queueMicrotask(() => failed(cause));
    }
    return null;
  };
}
