/** Facts as lines of the feed: each kind of line has its table in `feed/`. A fact that would only repeat its neighbour gives no line. */
import { cycleIdOfFact, type Fact } from '../model/fact';
import type { ById } from '../model/ids';
import type { Instrument } from '../model/instrument';
import type { JournalEntry } from '../model/step';
import { ADVISORY } from './feed/advisory';
import { GUARD } from './feed/guard';
import { namingOf, type Writer } from './feed/line';
import { OPERATOR } from './feed/operator';
import { PROTECTION } from './feed/protection';
import { SYSTEM } from './feed/system';
import { TRADE } from './feed/trade';
import type { ActivityLine } from './words';

const UNTOLD = {
  InstrumentResolved: null,
  ReconcileStarted: null,
  CommandAccepted: null,
  CommandRepeated: null,
  CycleOpened: null,
  GuardsEvaluated: null,
  AdvisorAsked: null,
  AdvisorVerdict: null,
  BracketJournaled: null,
  OrderAcknowledged: null,
  OrderCancelled: null,
  CommissionCharged: null,
  PositionArming: null,
  ExitRepeated: null,
};

const TABLES = {
  trade: TRADE,
  guard: GUARD,
  advisory: ADVISORY,
  protection: PROTECTION,
  operator: OPERATOR,
  system: SYSTEM,
} satisfies Record<ActivityLine['kind'], object>;

/** Every fact has its line, or is said to have none. */
const WRITERS: { readonly [T in Fact['type']]: Writer<Extract<Fact, { type: T }>> | null } = {
  ...TRADE,
  ...GUARD,
  ...ADVISORY,
  ...PROTECTION,
  ...OPERATOR,
  ...SYSTEM,
  ...UNTOLD,
};

const KINDS = new Map(
  Object.entries(TABLES).flatMap(([kind, table]) =>
    Object.keys(table).map((type) => [type, kind as ActivityLine['kind']] as const),
  ),
);

export function activityOf(
  entry: Pick<JournalEntry, 'seq' | 'ts' | 'facts'>,
  instruments: ById<Instrument>,
): readonly ActivityLine[] {
  return entry.facts.flatMap((fact, n) => {
    const kind = KINDS.get(fact.type);
    const said = (WRITERS[fact.type] as Writer<Fact> | null)?.(fact, namingOf(fact, instruments));
    if (!kind || !said) return [];
    return [{ code: null, kind, ...said, seq: entry.seq, n, ts: entry.ts, cycleId: cycleIdOfFact(fact) }];
  });
}
