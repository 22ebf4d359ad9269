/** What the guards allow. One record, journaled with each change; the defaults are the product's (architecture, section 8). */
import { microsOf } from './money';

export interface Limits {
  minDistanceTicks: number;
  maxLossPerTradeMicros: number;
  /** A WAIT is lifted by a signal whose own confidence is strictly above this (0..1). */
  waitOverrideConfidence: number;
  minConfidence: number;
  advisorDeadlineMs: number;
  proposalLifeMs: number;
  proposalDriftTicks: number;
  duplicateWindowMs: number;
  /** A signal older than this, or stamped further ahead than `maxSignalAheadMs`, is refused (exchange time). */
  maxSignalAgeMs: number;
  maxSignalAheadMs: number;
  maxQuoteAgeMs: number;
  maxPositionContracts: number;
  /** Of a trading day: realised, net of commissions, plus what the open positions lose at the mark (an open gain does not count). */
  maxDailyLossMicros: number;
  /** From the day's best realised result down to the result with open losses, micro-dollars. */
  maxDrawdownMicros: number;
  maxDailyTrades: number;
  maxConsecutiveLosses: number;
  cooldownMs: number;
  priceCollarTicks: number;
  /** Entries are refused when fewer than this many ms remain to the contract's last trade. */
  minTimeToExpiryMs: number;
  maxEntriesPerMinute: number;
  /** At the last gate before the broker, by contract root (I12): placements (a bracket is three), and contracts that entries could open. */
  maxOrdersPerSecond: number;
  maxOrdersPerMinute: number;
  maxContractsPerMinute: number;
  /** Entries that the broker refuses: in a row, and in a minute of host time (F35: 18 in 107 s). */
  maxRejectedInARow: number;
  maxRejectedPerMinute: number;
  /** Entries of the same instrument, side and size in a row, none of them filled, within ten minutes (F36: every 6 s). */
  maxRepeatedEntries: number;
  /** The broker may be away for so long while the venue is open (host time). IB's nightly restart takes a few minutes. */
  maxDisconnectedMs: number;
  /** A quote whose every field has stayed the same for so long is refused for entries, however often it was sent (host time). */
  maxQuoteUnchangedMs: number;
  /** No quote, or one that does not change, for so long while the venue is open: entries in it stop until a person resumes (host time). */
  staleDataTripMs: number;
  frozenDataTripMs: number;
  /** What is held has had no price for so long, connected and the venue open: a person is told (L6, host time). */
  blindAfterMs: number;
  /** Between the broker's clock and ours, either way. IB tells whole seconds: less than two seconds mean nothing. */
  maxClockSkewMs: number;
  emergencyStopTicks: number;
  emergencyLimitRoomTicks: number;
  emergencyEscalateMs: number;
  maxUnprotectedMs: number;
  /** A LMT entry that has not filled by then is cancelled (exchange time). */
  entryLifeMs: number;
  /** After so long of host time a flatten that the broker has not confirmed is NOT FLAT, with its reason, and goes on (L2). */
  flattenDeadlineMs: number;
  /** What a new cycle does by itself until an operator says otherwise: minutes and ticks, 0 is off. */
  exitAfterMinutes: number;
  breakEvenAfterTicks: number;
  trailAfterTicks: number;
  trailByTicks: number;
}

const DAY_MS = 86_400_000;

export const DEFAULT_LIMITS: Limits = {
  minDistanceTicks: 4,
  maxLossPerTradeMicros: microsOf(1_250),
  waitOverrideConfidence: 0.75,
  minConfidence: 0,
  advisorDeadlineMs: 5_000,
  proposalLifeMs: 90_000,
  proposalDriftTicks: 8,
  duplicateWindowMs: 60_000,
  maxSignalAgeMs: 30_000,
  maxSignalAheadMs: 2_000,
  maxQuoteAgeMs: 5_000,
  maxPositionContracts: 4,
  maxDailyLossMicros: microsOf(2_000),
  maxDrawdownMicros: microsOf(3_000),
  maxDailyTrades: 20,
  maxConsecutiveLosses: 5,
  cooldownMs: 300_000,
  priceCollarTicks: 40,
  minTimeToExpiryMs: DAY_MS,
  maxEntriesPerMinute: 6,
  maxOrdersPerSecond: 9,
  maxOrdersPerMinute: 30,
  maxContractsPerMinute: 40,
  maxRejectedInARow: 3,
  maxRejectedPerMinute: 5,
  maxRepeatedEntries: 6,
  maxDisconnectedMs: 600_000,
  maxQuoteUnchangedMs: 120_000,
  staleDataTripMs: 300_000,
  frozenDataTripMs: 600_000,
  blindAfterMs: 15_000,
  maxClockSkewMs: 5_000,
  emergencyStopTicks: 16,
  emergencyLimitRoomTicks: 8,
  emergencyEscalateMs: 2_000,
  maxUnprotectedMs: 1_000,
  entryLifeMs: 300_000,
  flattenDeadlineMs: 10_000,
  exitAfterMinutes: 0,
  breakEvenAfterTicks: 0,
  trailAfterTicks: 0,
  trailByTicks: 0,
};
