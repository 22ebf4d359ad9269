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
  maxDailyLossMicros: number;
  maxDailyTrades: number;
  maxConsecutiveLosses: number;
  cooldownMs: number;
  priceCollarTicks: number;
  /** Entries are refused when fewer than this many ms remain to the contract's last trade. */
  minTimeToExpiryMs: number;
  maxEntriesPerMinute: number;
  emergencyStopTicks: number;
  emergencyLimitRoomTicks: number;
  emergencyEscalateMs: number;
  maxUnprotectedMs: number;
  /** A LMT entry that has not filled by then is cancelled (exchange time). */
  entryLifeMs: number;
  flattenDeadlineMs: number;
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
  maxDailyTrades: 20,
  maxConsecutiveLosses: 5,
  cooldownMs: 300_000,
  priceCollarTicks: 40,
  minTimeToExpiryMs: DAY_MS,
  maxEntriesPerMinute: 6,
  emergencyStopTicks: 16,
  emergencyLimitRoomTicks: 8,
  emergencyEscalateMs: 2_000,
  maxUnprotectedMs: 1_000,
  entryLifeMs: 300_000,
  flattenDeadlineMs: 10_000,
};
