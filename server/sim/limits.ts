/** What a simulated worker may do: nearly everything, so that an hour is not over at its first loss. */
import type { Limits } from '../engine/model/limits';

/** Cooldowns and daily limits would end most hours at the first loss: they have tests of their own. */
export const LIMITS: Partial<Limits> = {
  cooldownMs: 0,
  maxConsecutiveLosses: 1_000,
  maxDailyTrades: 1_000,
  maxDailyLossMicros: 1e12,
  maxEntriesPerMinute: 1_000,
  maxLossPerTradeMicros: 1e12,
  duplicateWindowMs: 0,
  maxDrawdownMicros: 1e12,
  maxRepeatedEntries: 1_000,
  maxOrdersPerMinute: 120,
  maxContractsPerMinute: 200,
  advisorDeadlineMs: 2_000,
  entryLifeMs: 8_000,
  proposalLifeMs: 10_000,
};
