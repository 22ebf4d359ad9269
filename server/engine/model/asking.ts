/** Asking the broker for its report, and remembering when: what was sent after a question cannot be missing from its answer. */

import { reconciliationWith, stateWith } from './shape';
import type { EngineState } from './state';
import type { Outcome } from './step';

const REQUESTS_REMEMBERED = 20;

export function askReport(state: EngineState, hostMs: number): Outcome {
  const { reconciliation } = state;
  const requestId = reconciliation.requestId + 1;
  const requests = [...reconciliation.requests, { requestId, hostMs }].slice(-REQUESTS_REMEMBERED);
  return {
    state: stateWith(state, { reconciliation: reconciliationWith(reconciliation, { requestId, requests }) }),
    facts: [],
    commands: [{ type: 'RequestReport', requestId }],
  };
}

/** @returns host time of the question that this report answers; null for one of an earlier connection, or answered by a later one. */
export function askedAt(state: EngineState, requestId: number): number | null {
  return state.reconciliation.requests.find((request) => request.requestId === requestId)?.hostMs ?? null;
}
