/** A floor under the strategy's own confidence; zero lets signals without one pass. */
import { type Guard, verdict } from './input';

export const confidence: Guard = ({ state, cycle }) =>
  verdict((cycle.confidence ?? 0) >= state.limits.minConfidence, {
    guard: 'Signal confidence',
    code: 'LOW_CONFIDENCE',
    observed: cycle.confidence,
    relation: '≥',
    limit: state.limits.minConfidence,
    unit: 'ratio',
  });
