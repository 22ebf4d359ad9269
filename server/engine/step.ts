/**
 * The switchboard: one pure function, `step(state, stamped) -> { state, facts, commands }`, and the only file that knows the order of the stages.
 * First what arrived is taken in, then the levels are compared: deadlines, protection, exits, flatten, the end of cycles.
 */
import { advisorAnswered } from './advisory/answer';
import { proposalDeadlines } from './advisory/deadlines';
import { decideProposal } from './advisory/decide';
import { propose } from './advisory/propose';
import { protect } from './bracket/protect';
import { closeCycles } from './cycle/close';
import { correctCycle } from './cycle/correct';
import { rollDay } from './cycle/day';
import { denyCycle } from './cycle/deny';
import { trackExcursion } from './cycle/excursion';
import { fillCycle } from './cycle/fills';
import { netOpposites } from './cycle/netting';
import { pursueExits, requestExit } from './exit/exit';
import { overTime, setExitRules } from './exit/rules';
import { commissionReported, earlyCommission } from './fill/commission';
import type { Rebooking } from './fill/correction';
import { executionReported, isNews } from './fill/fill';
import { approveEntry } from './guard/approve';
import { denials, evaluateGuards } from './guard/pipeline';
import { withConduct } from './halt/conduct';
import { abandonFlatten, startFlatten, toClose, verifyFlatten } from './halt/flatten';
import { lastGate } from './halt/gate';
import { byOperator, tighten } from './halt/mode';
import { pursueFlatten } from './halt/pursue';
import { resume } from './halt/resume';
import { tripWhereNeeded } from './halt/trips';
import { marketChanged } from './market/market';
import type { Clearance } from './model/advisory';
import { askedAt, askReport } from './model/asking';
import { strictestMode } from './model/book';
import type { BrokerExecution, BrokerReport } from './model/broker';
import type { EngineEvent, Stamped } from './model/event';
import type { Fact } from './model/fact';
import type { Fill } from './model/fill';
import type { CycleId } from './model/ids';
import type { OperatorCommand } from './model/operator';
import type { ReasonCode } from './model/reason';
import type { EngineState } from './model/state';
import { chain, type Outcome, unchanged } from './model/step';
import { sendBracket } from './order/bracket';
import { termsReported } from './order/change';
import { entryEnded } from './order/ended';
import { cancelEntries, expireEntries, pursueCancels } from './order/entries';
import { errorReported, notSent } from './order/error';
import { rememberOrderIds } from './order/identity';
import { statusReported } from './order/status';
import { correctPosition } from './position/correct';
import { applyFill } from './position/position';
import { pursueDoubt } from './reconcile/doubt';
import { forgetLeft, rememberLeft } from './reconcile/left';
import { linkChanged, workerStalled, workerStarted } from './reconcile/link';
import { askAboutOrphans, decideOrphan, type OrphanWord } from './reconcile/orphans';
import { askAgain, comparePositions } from './reconcile/positions';
import { adoptOrders, endEmptyReopened, reopenForExecution } from './reconcile/reopen';
import { cancelGhosts, reportedStatuses, settleOrders } from './reconcile/report';
import { watchStrangers } from './reconcile/strangers';
import { receiveSignal } from './signal/receive';

/** Commands are idempotent by id: so many are remembered. */
const COMMANDS_REMEMBERED = 500;

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
      return workerStarted(state, { ...stamped, event });
    case 'WorkerStalled':
      return workerStalled(state, { ...stamped, event });
    case 'SignalRefused':
      return { state, facts: [event], commands: [] };
    case 'LimitsChanged':
      return {
        state: { ...state, limits: { ...state.limits, ...event.limits } },
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
    case 'BrokerNotice':
      return { state, facts: [{ type: 'BrokerNoticed', code: event.code, text: event.text }], commands: [] };
    case 'JournalFailed': {
      const journal = { phase: 'failed' as const, why: event.why };
      return { state: { ...state, journal }, facts: [event], commands: [] };
    }
    case 'ClockSkewed':
      return { state: { ...state, clockSkewMs: event.skewMs }, facts: [event], commands: [] };
    case 'ClockTicked':
      return askAgain(state, stamped.hostMs);
  }
}

/** Compared at every event and every tick, so that nothing depends on an event that did not come. */
function levels(state: EngineState, { ts, hostMs }: Stamped): Outcome {
  return chain(
    state,
    (current) => proposalDeadlines(current, hostMs),
    (current) => expireEntries(current, ts, hostMs),
    (current) => entryEnded(current, hostMs),
    (current) => protection(current, hostMs),
    (current) => askAboutOrphans(current, hostMs),
    (current) => timeExits(current, ts, hostMs),
    (current) => flattenExits(current, hostMs),
    (current) => pursueExits(current, ts, hostMs),
    (current) => pursueCancels(current, hostMs),
    (current) => closeCycles(current, ts, hostMs),
    (current) => pursueDoubt(current, hostMs),
    (current) => pursueFlatten(current, ts, hostMs),
  );
}

function protection(state: EngineState, hostMs: number): Outcome {
  const { outcome, mustExit } = protect(state, hostMs);
  return after(outcome, (next) =>
    chain(
      next,
      ...mustExit.map(({ cycle, why }) => (current: EngineState) => {
        return requestExit(current, cycle.cycleId, { reason: 'emergency', by: 'engine', why }, hostMs);
      }),
    ),
  );
}

function timeExits(state: EngineState, ts: number, hostMs: number): Outcome {
  const due = overTime(state, ts);
  if (due.length === 0) return unchanged(state);
  return chain(
    state,
    ...due.map(({ cycle, why }) => (current: EngineState) => {
      return requestExit(current, cycle.cycleId, { reason: 'time', by: 'rule', why }, hostMs);
    }),
  );
}

function flattenExits(state: EngineState, hostMs: number): Outcome {
  const by = state.flatten?.by ?? 'engine';
  return chain(
    state,
    ...toClose(state).map((cycle) => (current: EngineState) => {
      return requestExit(current, cycle.cycleId, { reason: 'flatten', by, why: 'Flatten.' }, hostMs);
    }),
  );
}

function signal(
  state: EngineState,
  stamped: Stamped<Extract<EngineEvent, { type: 'SignalReceived' }>>,
): Outcome {
  const meaning = receiveSignal(state, stamped);
  switch (meaning.kind) {
    case 'nothing':
      return meaning.outcome;
    case 'exit': {
      const { signalId, strategy, action } = stamped.event.signal;
      const wish = { reason: 'signal' as const, by: strategy, why: `${action} signal ${signalId}.` };
      return after(meaning.outcome, (next) =>
        strictestMode(state, stamped.event.signal.symbol) === 'Halted'
          ? refusedExit(next, stamped.event.signal.signalId, stamped.event.signal.symbol)
          : requestExit(next, meaning.cycleId, wish, stamped.hostMs),
      );
    }
    case 'entry':
      return after(meaning.outcome, (next) => admit(next, meaning.cycleId, stamped));
  }
}

/** `Halted` stops the strategy's exits too: the position keeps its stop, and a person decides (architecture, section 5). */
function refusedExit(state: EngineState, signalId: string, symbol: string): Outcome {
  const detail = 'Trading is halted: the position keeps its stop; an operator can exit or flatten.';
  return {
    state,
    facts: [{ type: 'SignalIgnored', signalId, symbol, code: 'TRADING_HALTED', detail }],
    commands: [],
  };
}

/** Guards first; what they let through is put to the advisor. */
function admit(state: EngineState, cycleId: CycleId, stamped: Stamped): Outcome {
  const cycle = state.cycles[cycleId];
  if (!cycle) return unchanged(state);
  const results = evaluateGuards(state, cycle, stamped);
  const reasons = denials(results);
  const evaluated: Fact = { type: 'GuardsEvaluated', cycleId, symbol: cycle.symbol, at: 'signal', results };
  const outcome =
    reasons.length > 0 ? denyCycle(state, cycle, results, reasons) : propose(state, cycle, results, stamped);
  return { ...outcome, facts: [evaluated, ...outcome.facts] };
}

/** Cleared by the advisor, by confidence or by a person: all guards run again at this instant, and only their pass sends an order. */
function send(state: EngineState, cycleId: CycleId, clearance: Clearance, stamped: Stamped): Outcome {
  const cycle = state.cycles[cycleId];
  if (!cycle) return unchanged(state);
  const { [`${cycleId}:proposal`]: _, ...proposals } = state.proposals;
  const decided = { ...state, proposals };
  const results = evaluateGuards(decided, cycle, stamped);
  const approved = approveEntry(cycle, results, clearance);
  const evaluated: Fact = { type: 'GuardsEvaluated', cycleId, symbol: cycle.symbol, at: 'send', results };
  const outcome = approved
    ? sendBracket(decided, approved, stamped)
    : denyCycle(decided, cycle, results, denials(results));
  return { ...outcome, facts: [evaluated, ...outcome.facts] };
}

function operator(state: EngineState, command: OperatorCommand, stamped: Stamped): Outcome {
  const { commandId } = command;
  if (state.commands.includes(commandId)) {
    return { state, facts: [{ type: 'CommandRepeated', commandId }], commands: [] };
  }
  const heard = { ...state, commands: [...state.commands, commandId].slice(-COMMANDS_REMEMBERED) };
  const done = obey(heard, command, stamped);
  if ('refused' in done) {
    const { refused, why, outcome } = done;
    const refusal: Fact = { type: 'CommandRefused', commandId, code: refused, why };
    const after = outcome ?? unchanged(heard);
    return { ...after, facts: [refusal, ...after.facts] };
  }
  return { ...done, facts: [{ type: 'CommandAccepted', command }, ...done.facts] };
}

type Refusal = { refused: ReasonCode; why: string; outcome?: Outcome };

function obey(state: EngineState, command: OperatorCommand, stamped: Stamped): Outcome | Refusal {
  const { action } = command;
  const { ts, hostMs } = stamped;
  const who = byOperator(command, ts);
  switch (action.kind) {
    case 'HaltEntries':
      return tighten(state, action.scope, 'Reducing', who);
    case 'Halt':
      return chain(
        state,
        (current) => tighten(current, action.scope, 'Halted', who),
        (current) => cancelEntries(current, action.scope, 'Trading is halted.', hostMs),
      );
    case 'CancelEntries':
      return cancelEntries(state, action.scope, `Cancelled by ${command.operator}.`, hostMs);
    case 'Flatten':
      return chain(
        state,
        (current) => tighten(current, action.scope, 'Halted', { ...who, why: 'Flatten.' }),
        (current) => startFlatten(current, command, action.scope, stamped),
        (current) => cancelEntries(current, action.scope, 'Flatten.', hostMs),
      );
    case 'Resume':
      return resume(state, command, action.scope, stamped);
    case 'AbandonFlatten':
      return abandonFlatten(state, command, ts);
    case 'SetExitRules': {
      const { cycleId, rules, reason } = action;
      return setExitRules(state, { cycleId, rules, by: command.operator, reason });
    }
    case 'ExitPosition': {
      const wish = {
        reason: 'operator' as const,
        by: command.operator,
        why: action.reason || 'Operator exit.',
      };
      const outcome = requestExit(state, action.cycleId, wish, hostMs);
      if (outcome.facts.length > 0) return outcome;
      return { refused: 'EXIT_WOULD_OPEN_POSITION', why: 'That cycle holds nothing any more.' };
    }
    case 'DecideOrphan':
      return orphan(state, { ...action, by: command.operator }, hostMs);
    case 'ApproveProposal':
    case 'RejectProposal': {
      if (action.reason === '') return { refused: 'REASON_REQUIRED', why: 'Say why.' };
      const decision = decideProposal(state, command, action, hostMs);
      if ('refused' in decision) return decision;
      const { outcome, cleared } = decision;
      return cleared
        ? after(outcome, (next) => send(next, cleared.proposal.cycleId, cleared.clearance, stamped))
        : outcome;
    }
  }
}

function orphan(state: EngineState, word: OrphanWord, hostMs: number): Outcome | Refusal {
  const decided = decideOrphan(state, word, hostMs);
  if ('refused' in decided || word.decision !== 'flatten') return decided;
  const wish = { reason: 'operator' as const, by: word.by, why: word.reason };
  return after(decided, (next) => requestExit(next, word.cycleId as CycleId, wish, hostMs));
}

function execution(state: EngineState, reported: BrokerExecution, stamped: Stamped): Outcome {
  if (!isNews(state, reported)) return unchanged(state);
  return after(reopenForExecution(state, reported, stamped), (next) => count(next, reported, stamped));
}

function count(state: EngineState, reported: BrokerExecution, stamped: Stamped): Outcome {
  const { outcome, fills, rebooking } = executionReported(state, reported, stamped);
  const foreign = fills.some((fill) => outcome.state.cycles[fill.cycleId] === undefined);
  return after(outcome, (counted) =>
    chain(
      counted,
      (current) => (rebooking ? rebook(current, rebooking) : unchanged(current)),
      ...fills.map(
        (fill) => (current: EngineState) => book(rememberLeft(current, fill.symbol, fill.hostMs), fill),
      ),
      (current) => earlyCommission(current, reported.execId),
      (current) => (foreign ? askReport(current, stamped.hostMs) : unchanged(current)),
    ),
  );
}

/** A correction moves the position first, then each cycle that had a share of the execution. */
function rebook(state: EngineState, { correction, shares }: Rebooking): Outcome {
  const difference = shares.reduce((sum, share) => sum + share.now - share.was, 0);
  return chain(
    correctPosition(state, correction, difference),
    ...shares.map((share) => (current: EngineState) => correctCycle(current, share, correction)),
    (current) => netOpposites(current, { ...correction, priceTicks: correction.now.priceTicks }),
  );
}

/** A fill moves the position first, then its cycle; what that cycle gained against others closes them. */
function book(state: EngineState, fill: Fill): Outcome {
  return after(fillCycle(applyFill(state, fill), fill), (filled) => netOpposites(filled, fill));
}

/** A report adds what it knows; only one that was asked for on this connection may say what is not there. */
function brokerReport(state: EngineState, report: BrokerReport, stamped: Stamped): Outcome {
  const askedHostMs = askedAt(state, report.requestId);
  const taken = chain(
    state,
    (current) => (askedHostMs === null ? unchanged(current) : termsReported(current, report, askedHostMs)),
    ...report.executions.map((reported) => (current: EngineState) => execution(current, reported, stamped)),
    ...report.commissions.map(
      (commission) => (current: EngineState) => commissionReported(current, commission),
    ),
    (current) => (askedHostMs === null ? unchanged(current) : adoptOrders(current, report, stamped)),
    (current) =>
      chain(
        current,
        ...reportedStatuses(current, report).map(
          (status) => (next: EngineState) => statusReported(next, status, stamped),
        ),
      ),
  );
  if (askedHostMs === null) return taken;
  return after(taken, (next) =>
    chain(
      next,
      (current) => watchStrangers(current, report, stamped.hostMs),
      (current) => settleOrders(current, report, { askedHostMs, hostMs: stamped.hostMs }),
      (current) => cancelGhosts(current, report, { askedHostMs, hostMs: stamped.hostMs }),
      (current) => verifyFlatten(current, report, stamped.ts),
      (current) => repairPositions(current, report, stamped),
      (current) => endEmptyReopened(current, stamped.hostMs),
    ),
  );
}

function repairPositions(state: EngineState, report: BrokerReport, stamped: Stamped): Outcome {
  const { outcome, repairs } = comparePositions(state, report, stamped);
  if (repairs.length === 0) return outcome;
  return after(outcome, (compared) =>
    chain(
      forgetLeft(
        compared,
        repairs.map((fill) => fill.symbol),
      ),
      ...repairs.map((fill) => (current: EngineState) => book(current, fill)),
    ),
  );
}

/** Continues an outcome with what follows from its state. */
function after(outcome: Outcome, next: (state: EngineState) => Outcome): Outcome {
  const following = next(outcome.state);
  return {
    state: following.state,
    facts: [...outcome.facts, ...following.facts],
    commands: [...outcome.commands, ...following.commands],
  };
}
