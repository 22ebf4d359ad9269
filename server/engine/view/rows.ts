/** A cycle as a row of the cycles page. */
import type { Cycle } from '../model/cycle';
import { type Instrument, tickValueMicros } from '../model/instrument';
import { signOf } from '../model/order';
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
    ...slippage(cycle, instrument),
    rMultiple: rMultiple(cycle, instrument),
    protectedAfterMs: cycle.protectedAfterMs,
  };
}

/** Net result over what the plan put at risk, for as many contracts as were filled. */
function rMultiple(cycle: Cycle, instrument: Instrument | undefined): number | null {
  if (!cycle.plan || !instrument || cycle.realizedMicros === null) return null;
  const riskTicks = Math.abs(cycle.plan.entryTicks - cycle.plan.stopTicks);
  const riskMicros = riskTicks * cycle.entryQuantity * tickValueMicros(instrument);
  return riskMicros === 0 ? null : Math.round((cycle.realizedMicros / riskMicros) * 100) / 100;
}

type Slippage = Pick<
  CycleRow,
  'entrySlippageTicks' | 'entrySlippageMicros' | 'exitSlippageTicks' | 'exitSlippageMicros'
>;

/** Sums are whole ticks x contracts, so the dollars are exact; the ticks a contract are a mean of its fills. */
function slippage(cycle: Cycle, instrument: Instrument | undefined): Slippage {
  const { plan, entryQuantity, entryCostTicks, exitSlip } = cycle;
  const tickMicros = instrument ? tickValueMicros(instrument) : null;
  const worse = plan ? (entryCostTicks - plan.entryTicks * entryQuantity) * signOf(cycle.side) : 0;
  const entry = worse === 0 ? 0 : worse;
  const entered = plan ? entryQuantity : 0;
  const worth = (ticks: number, quantity: number) =>
    quantity === 0 || tickMicros === null ? null : ticks * tickMicros;
  return {
    entrySlippageTicks: entered === 0 ? null : entry / entered,
    entrySlippageMicros: worth(entry, entered),
    exitSlippageTicks: exitSlip.quantity === 0 ? null : exitSlip.ticks / exitSlip.quantity,
    exitSlippageMicros: worth(exitSlip.ticks, exitSlip.quantity),
  };
}
