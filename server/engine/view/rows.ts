/** A cycle as a row of the cycles page. */
import type { Cycle } from '../model/cycle';
import { type Instrument, tickValueMicros } from '../model/instrument';
import type { CycleRow } from '../model/rows';

export function cycleRow(cycle: Cycle, instrument: Instrument | undefined): CycleRow {
  const tickSize = instrument?.tickSize ?? 0;
  const average = (cost: number, quantity: number) => (quantity === 0 ? null : (cost / quantity) * tickSize);
  return {
    cycleId: cycle.cycleId,
    symbol: cycle.symbol,
    localSymbol: instrument?.localSymbol ?? cycle.symbol,
    origin: cycle.origin,
    strategy: cycle.strategy,
    source: cycle.source,
    signalId: cycle.signalId,
    phase: cycle.phase,
    outcome: cycle.outcome,
    side: cycle.side,
    quantity: cycle.quantity,
    reasons: cycle.reasons,
    confidence: cycle.confidence,
    entryPrice: average(cycle.entryCostTicks, cycle.entryQuantity) ?? cycle.asked.entryPrice,
    exitPrice: average(cycle.exitCostTicks, cycle.exitQuantity),
    stopPrice: cycle.asked.stopPrice,
    targetPrice: cycle.asked.targetPrice,
    openedTs: cycle.openedTs,
    filledTs: cycle.firstFillTs,
    closedTs: cycle.closedTs,
    realizedMicros: cycle.realizedMicros,
    commissionMicros: cycle.commissionMicros,
    maeTicks: cycle.maeTicks,
    mfeTicks: cycle.mfeTicks,
    rMultiple: rMultiple(cycle, instrument),
    protectedAfterMs: cycle.protectedAfterMs,
  };
}

/** Net result over what the plan put at risk. */
function rMultiple(cycle: Cycle, instrument: Instrument | undefined): number | null {
  if (!cycle.plan || !instrument || cycle.realizedMicros === null) return null;
  const riskTicks = Math.abs(cycle.plan.entryTicks - cycle.plan.stopTicks);
  const riskMicros = riskTicks * cycle.plan.quantity * tickValueMicros(instrument);
  return riskMicros === 0 ? null : Math.round((cycle.realizedMicros / riskMicros) * 100) / 100;
}
