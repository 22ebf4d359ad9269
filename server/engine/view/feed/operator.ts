/** What a person did, and what a flatten came to. */
import { rulesText } from '../../model/exit-rules';
import type { Lines } from './line';

export const OPERATOR = {
  ProposalApproved: (fact, { name }) => ({
    tone: 'accent',
    text: `${fact.by} approved ${name}: ${fact.reason}`,
  }),
  ProposalRejected: (fact, { name }) => ({
    tone: 'neutral',
    text: `${fact.by} rejected ${name}: ${fact.reason}`,
  }),
  ExitRulesSet: (fact, { name }) => ({
    tone: 'neutral',
    text: `Exit rules of ${name} by ${fact.by}: ${rulesText(fact.rules) || 'none'}. ${fact.reason}`,
  }),
  OrphanDecided: (fact, { name }) => ({
    tone: fact.decision === 'ignore' ? 'caution' : 'accent',
    text: `${fact.by} said ${fact.decision} to the orphan in ${name}: ${fact.reason}`,
  }),
  ModeChanged: (fact) => ({
    tone: fact.to === 'Active' ? 'safe' : 'caution',
    text: `Trading ${fact.scope === '*' ? '' : `in ${fact.scope} `}${fact.from} → ${fact.to} by ${fact.by}: ${fact.why}`,
  }),
  FlattenStarted: (fact) => ({
    tone: 'danger',
    text: `Flatten started by ${fact.by}: ${fact.positions.length} position(s)`,
  }),
  FlattenArmed: (fact) => ({ tone: 'danger', text: `NOT FLAT. ${fact.detail}` }),
  FlattenNotFlat: (fact) => ({ tone: 'danger', text: `NOT FLAT yet. ${fact.detail}`, code: fact.reason }),
  FlattenEnded: (fact) => ({
    tone: fact.flat ? 'safe' : 'danger',
    text: `${fact.flat ? 'FLAT' : 'NOT FLAT'}. ${fact.detail}`,
  }),
  CommandRefused: (fact) => ({ tone: 'caution', text: `Command refused: ${fact.why}`, code: fact.code }),
  LimitsChanged: (fact) => ({ tone: 'neutral', text: `Limits changed by ${fact.by}: ${fact.why}` }),
} satisfies Lines;
