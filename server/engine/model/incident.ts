/** What must never happen and happened at the broker: recorded, said aloud, and never repaired by guessing. */
import { askReport } from './asking';
import type { Cycle } from './cycle';
import type { Order } from './order';
import { stateWith } from './shape';
import type { EngineState, Incident } from './state';
import type { Outcome } from './step';

const REMEMBERED = 50;

/** The second order is not the one that we know: nothing that is said of it may move the first. */
export function hasOtherPermId(order: Order, permId: number): boolean {
  return permId !== 0 && order.permId !== null && order.permId !== permId;
}

/** Told once for each pair. Only a person can say which of the two orders was meant. */
export function twoPermIds(
  state: EngineState,
  { spec, permId }: Order,
  other: number,
  { ts, hostMs }: { ts: number; hostMs: number },
): Outcome {
  const { ref, cycleId, symbol } = spec;
  const detail = `Two orders at the broker bear the reference ${ref}: ${permId} and ${other}. Cancel the one that was not meant in TWS.`;
  if (state.incidents.some((known) => known.detail === detail)) return { state, facts: [], commands: [] };
  const asked = askReport(recorded(state, { kind: 'TWO_PERM_IDS', ref, detail, ts }), hostMs);
  return {
    state: asked.state,
    facts: [{ type: 'OrderAnomaly', cycleId, symbol, ref, text: detail }],
    commands: [...asked.commands, { type: 'SendAlert', severity: 'critical', text: detail }],
  };
}

/** A cycle of ours that only the broker remembers. */
export function journalBehind(state: EngineState, { cycleId, symbol }: Cycle, ts: number): Outcome {
  const detail = `${cycleId} (${symbol}) is known to the broker and not to the journal.`;
  const text = `JOURNAL BEHIND THE BROKER: ${detail} Was an older database restored? The cycle is opened again.`;
  return {
    state: recorded(state, { kind: 'JOURNAL_BEHIND', ref: cycleId, detail, ts }),
    facts: [],
    commands: [{ type: 'SendAlert', severity: 'critical', text }],
  };
}

function recorded(state: EngineState, incident: Incident): EngineState {
  return stateWith(state, { incidents: [...state.incidents, incident].slice(-REMEMBERED) });
}
