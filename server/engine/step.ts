/**
 * The switchboard: one pure function, `step(state, stamped) -> { state, facts, commands }`. First what arrived is taken in, then the levels
 * are compared (`flow/`, where the order of the stages is written down), then the trips, and last the gate.
 */
import { advisorAnswered } from './advisory/answer';
import { rollDay } from './cycle/day';
import { trackExcursion } from './cycle/excursion';
import { commissionReported } from './fill/commission';
import { brokerReport, execution } from './flow/broker';
import { levels } from './flow/levels';
import { operator } from './flow/operator';
import { send, signal } from './flow/signal';
import { withConduct } from './halt/conduct';
import { tellFlattenAgain } from './halt/flatten';
import { lastGate } from './halt/gate';
import { tripWhereNeeded } from './halt/trips';
import { feedChanged } from './market/feed';
import { marketChanged } from './market/market';
import type { Stamped } from './model/event';
import { stateWith } from './model/shape';
import type { EngineState } from './model/state';
import { after, chain, type Outcome } from './model/step';
import { cancelEntries } from './order/entries';
import { errorReported, notSent } from './order/error';
import { rememberOrderIds } from './order/identity';
import { statusReported } from './order/status';
import { linkChanged, messageLost, workerStalled, workerStarted } from './reconcile/link';
import { askAgain } from './reconcile/positions';

export function step(state: EngineState, stamped: Stamped): Outcome {
  const concluded = chain(
    rememberOrderIds(rollDay(state, stamped.ts), stamped.event),
    (current) => take(current, stamped),
    (current) => levels(current, stamped),
  );
  return gated(
    after(conducted(concluded, stamped), (current) => trips(current, stamped)),
    stamped,
  );
}

function conducted(outcome: Outcome, { hostMs }: Stamped): Outcome {
  const state = withConduct(outcome.state, outcome.facts, hostMs);
  return state === outcome.state ? outcome : { ...outcome, state };
}

/** Causes that stop entries by themselves; with them go the entries that already rest. */
function trips(state: EngineState, stamped: Stamped): Outcome {
  const { outcome, cancel } = tripWhereNeeded(state, stamped);
  if (cancel.length === 0) return outcome;
  return after(outcome, (next) =>
    chain(
      next,
      ...cancel.map(({ scope, why }) => (current: EngineState) => {
        return cancelEntries(current, scope, why, stamped.hostMs);
      }),
    ),
  );
}

/** The last function before the broker: what an entry over a rate would have been is taken back, as if the wire had not taken it. */
function gated(outcome: Outcome, stamped: Stamped): Outcome {
  const { state, commands, facts, held } = lastGate(outcome.state, outcome.commands, stamped.hostMs);
  if (state === outcome.state) return outcome;
  const passed = {
    state: withConduct(state, facts, stamped.hostMs),
    commands,
    facts: [...outcome.facts, ...facts],
  };
  if (held.length === 0) return passed;
  const why = 'Held back: too many orders in a short time.';
  const refs = held.flatMap(({ entry, target, stop }) => [entry.ref, target.ref, stop.ref]);
  return after(passed, (next) =>
    chain(
      next,
      ...refs.map((orderRef) => (current: EngineState) => {
        return notSent(current, { ...stamped, event: { type: 'OrderNotSent', orderRef, why } });
      }),
    ),
  );
}

function take(state: EngineState, stamped: Stamped): Outcome {
  const { event } = stamped;
  switch (event.type) {
    case 'WorkerStarted':
      return after(workerStarted(state, { ...stamped, event }), tellFlattenAgain);
    case 'WorkerStalled':
      return workerStalled(state, { ...stamped, event });
    case 'SignalRefused':
      return { state, facts: [event], commands: [] };
    case 'LimitsChanged':
      return {
        state: stateWith(state, { limits: { ...state.limits, ...event.limits } }),
        facts: [event],
        commands: [],
      };
    case 'SignalReceived':
      return signal(state, { ...stamped, event });
    case 'AdvisorAnswered':
    case 'AdvisorFailed': {
      const { outcome, cleared } = advisorAnswered(state, { ...stamped, event });
      return cleared
        ? after(outcome, (next) => send(next, cleared.proposal.cycleId, cleared.clearance, stamped))
        : outcome;
    }
    case 'OperatorCommanded':
      return operator(state, event.command, stamped);
    case 'BrokerConnecting':
    case 'BrokerConnected':
    case 'BrokerDisconnected':
      return linkChanged(state, { ...stamped, event });
    case 'InstrumentResolved':
    case 'BarsLoaded':
    case 'BarClosed':
      return marketChanged(state, { ...stamped, event });
    case 'QuoteReceived': {
      const quoted = marketChanged(state, { ...stamped, event });
      return { ...quoted, state: trackExcursion(quoted.state, event.quote.symbol) };
    }
    case 'OrderStatusReported':
      return statusReported(state, event, stamped);
    case 'OrderErrorReported':
      return errorReported(state, { ...stamped, event });
    case 'OrderNotSent':
      return notSent(state, { ...stamped, event });
    case 'ExecutionReported':
      return execution(state, event.execution, stamped);
    case 'CommissionReported':
      return commissionReported(state, event.commission);
    case 'BrokerReported':
      return brokerReport(state, event.report, stamped);
    case 'FarmReported':
    case 'QuotesRefused':
    case 'QuotesResumed':
      return feedChanged(state, { ...stamped, event });
    case 'BrokerNotice':
      return { state, facts: [{ type: 'BrokerNoticed', code: event.code, text: event.text }], commands: [] };
    case 'BrokerMessageLost':
      return messageLost(state, { ...stamped, event });
    case 'JournalFailed': {
      const journal = { phase: 'failed' as const, why: event.why };
      return { state: stateWith(state, { journal }), facts: [event], commands: [] };
    }
    case 'ClockSkewed':
      return { state: stateWith(state, { clockSkewMs: event.skewMs }), facts: [event], commands: [] };
    case 'ClockTicked':
      return askAgain(state, stamped.hostMs);
  }
}
