/** What the broker says of trades: an execution moves the position, then its cycle; a report adds what it knows. */
import { correctCycle } from '../cycle/correct';
import { fillCycle } from '../cycle/fills';
import { netOpposites } from '../cycle/netting';
import { commissionReported, earlyCommission } from '../fill/commission';
import type { Rebooking } from '../fill/correction';
import { executionReported, isNews } from '../fill/fill';
import { verifyFlatten } from '../halt/flatten';
import { askedAt, askReport } from '../model/asking';
import type { BrokerExecution, BrokerReport } from '../model/broker';
import type { Stamped } from '../model/event';
import { isHistory } from '../model/execution';
import type { Fill } from '../model/fill';
import type { EngineState } from '../model/state';
import { after, chain, type Outcome, unchanged } from '../model/step';
import { termsReported } from '../order/change';
import { statusReported } from '../order/status';
import { correctPosition } from '../position/correct';
import { applyFill } from '../position/position';
import { forgetLeft, rememberLeft } from '../reconcile/left';
import { comparePositions } from '../reconcile/positions';
import { adoptOrders, endEmptyReopened, noteEnded, reopenForExecution } from '../reconcile/reopen';
import { cancelGhosts, reportedStatuses, settleOrders } from '../reconcile/report';
import { watchStrangers } from '../reconcile/strangers';

export function execution(state: EngineState, reported: BrokerExecution, stamped: Stamped): Outcome {
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
export function brokerReport(state: EngineState, report: BrokerReport, stamped: Stamped): Outcome {
  const askedHostMs = askedAt(state, report.requestId);
  const old = new Set(
    report.executions.filter((one) => isHistory(one, stamped.ts)).map(({ execId }) => execId),
  );
  const news = report.executions.filter(({ execId }) => !old.has(execId));
  const charges = report.commissions.filter(({ execId }) => !old.has(execId));
  const taken = chain(
    state,
    (current) => (askedHostMs === null ? unchanged(current) : termsReported(current, report, askedHostMs)),
    (current) => (askedHostMs === null ? unchanged(current) : adoptOrders(current, report, stamped)),
    ...news.map((reported) => (current: EngineState) => execution(current, reported, stamped)),
    ...charges.map((commission) => (current: EngineState) => commissionReported(current, commission)),
    (current) => (askedHostMs === null ? unchanged(current) : noteEnded(current, report, stamped)),
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
