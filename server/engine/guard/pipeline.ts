/** All guards, in the order of precedence of their reasons. Every one is evaluated and recorded: the operator sees the whole table. */
import type { Cycle } from '../model/cycle';
import type { Stamped } from '../model/event';
import type { GuardResult, ReasonCode } from '../model/reason';
import type { EngineState } from '../model/state';
import { confidence } from './confidence';
import { connected } from './connected';
import { consecutiveLosses } from './consecutive-losses';
import { contractAlive } from './contract-alive';
import { cooldown } from './cooldown';
import { dailyLoss } from './daily-loss';
import { dailyTrades } from './daily-trades';
import { entryRate } from './entry-rate';
import type { Guard } from './input';
import { journalWritten } from './journal-written';
import { lossAtStop } from './loss-at-stop';
import { maxPosition } from './max-position';
import { noOrphan } from './no-orphan';
import { notDuplicate } from './not-duplicate';
import { nothingInFlight } from './nothing-in-flight';
import { onGrid } from './on-grid';
import { orientation } from './orientation';
import { positionFlat } from './position-flat';
import { priceCollar } from './price-collar';
import { protectionPresent } from './protection-present';
import { quoteFresh } from './quote-fresh';
import { quoteMoves } from './quote-moves';
import { reconciled } from './reconciled';
import { sessionOpen } from './session-open';
import { signalAge } from './signal-age';
import { signalAhead } from './signal-ahead';
import { stopDistance } from './stop-distance';
import { targetDistance } from './target-distance';
import { tradingMode } from './trading-mode';

export const GUARDS: readonly Guard[] = [
  tradingMode,
  connected,
  reconciled,
  journalWritten,
  notDuplicate,
  signalAge,
  signalAhead,
  protectionPresent,
  onGrid,
  orientation,
  stopDistance,
  targetDistance,
  lossAtStop,
  sessionOpen,
  quoteFresh,
  quoteMoves,
  priceCollar,
  contractAlive,
  confidence,
  noOrphan,
  positionFlat,
  nothingInFlight,
  maxPosition,
  dailyLoss,
  dailyTrades,
  consecutiveLosses,
  cooldown,
  entryRate,
];

/** @returns one result a guard. An instrument that is not known any more fails closed. */
export function evaluateGuards(
  state: EngineState,
  cycle: Cycle,
  stamp: Pick<Stamped, 'ts' | 'hostMs'>,
): readonly GuardResult[] {
  const instrument = state.instruments[cycle.symbol];
  if (!instrument) {
    return [
      {
        guard: 'Instrument',
        code: 'UNKNOWN_INSTRUMENT',
        verdict: 'deny',
        observed: cycle.symbol,
        relation: 'in',
        limit: 'known',
        unit: 'state',
      },
    ];
  }
  const quote = state.market.quotes[cycle.symbol];
  return GUARDS.map((guard) =>
    guard({ state, cycle, instrument, quote, ts: stamp.ts, hostMs: stamp.hostMs }),
  );
}

/**
 * Distinct reason codes of the refusals, in order of precedence; empty only when every guard passes.
 * A guard that could not measure counts when no other refused: not measured is not passed.
 */
export function denials(results: readonly GuardResult[]): readonly ReasonCode[] {
  const refused = results.filter((result) => result.verdict === 'deny');
  const unmeasured = results.filter((result) => result.verdict !== 'pass');
  return [...new Set((refused.length > 0 ? refused : unmeasured).map((result) => result.code))];
}
