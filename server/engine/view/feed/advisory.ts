/** What the advisor answered, and proposals that waited for a person. */
import type { Lines } from './line';

export const ADVISORY = {
  ProposalWaiting: (_, { name }) => ({
    tone: 'caution',
    text: `WAIT on ${name}: waiting for a person`,
    code: 'AWS_WAIT',
  }),
  AdvisorUnavailable: (fact, { name }) => ({
    tone: 'caution',
    text: `No advice on ${name}: ${fact.why}`,
    code: 'ADVISOR_UNAVAILABLE',
  }),
  WaitOverridden: (fact, { name }) => ({
    tone: 'caution',
    text: `WAIT on ${name} lifted: confidence ${fact.confidence} is above ${fact.threshold}`,
    code: fact.code,
  }),
  ProposalExpired: (fact, { name }) => ({
    tone: 'neutral',
    text: `Proposal in ${name} lapsed. ${fact.detail}`,
    code: fact.code,
  }),
} satisfies Lines;
