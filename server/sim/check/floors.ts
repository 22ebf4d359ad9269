/**
 * How often each interesting state must be reached in a thousand seeds (safety, section 4.6). A checker that was never in danger proves
 * nothing: a run of at least a thousand seeds that misses a floor fails, and says which.
 */
export const FLOORS: Readonly<Record<string, number>> = {
  fill: 2_050,
  partialEntry: 90,
  partialExit: 100,
  fillWhileDisconnected: 90,
  fillWhileAsleepOrDead: 70,
  partialEntryThenStop: 9,
  cancelFillRace: 50,
  ocaRace: 15,
  statusBeforeExec: 950,
  execBeforeParent: 155,
  entryRejected: 30,
  stopRejected: 70,
  exitRejectedOrApiCancelled: 30,
  emergencyFilled: 25,
  unprotected: 200,
  snapshotStale: 10,
  snapshotNoReply: 55,
  snapshotPartial: 10,
  'crash:append.before': 20,
  'crash:append.after': 20,
  'crash:send.before': 14,
  'crash:send.mid': 20,
  'crash:send.after': 17,
  restored: 12,
  restartInPosition: 65,
  replayCompared: 60,
  recoveredFromSnapshot: 60,
  flattenInPosition: 25,
  flattenWhileDisconnected: 15,
  flattenMarketClosed: 4,
  haltWithEntryInFlight: 30,
  waitWithEntryInFlight: 35,
  waitLifted: 75,
  approvalForged: 9,
  approvalExpiredAtSend: 20,
  foreignOrderSeen: 25,
  orphan: 95,
  executionCorrected: 18,
  nextValidIdRollback: 17,
  frozenPrice: 60,
  blind: 2,
  nonsenseQuote: 300,
  clockJump: 40,
  stall: 45,
  wokeUp: 25,
  workerSilent: 12,
  twoWorkers: 19,
  leaseLost: 35,
  sentUnwritten: 85,
  signalReplayed: 40,
};

const SEEDS = 1_000;

/** @returns one sentence for each floor that was missed; none for a run too short to say. */
export function missedFloors(counts: Readonly<Record<string, number>>, seeds: number): readonly string[] {
  if (seeds < SEEDS) return [];
  return Object.entries(FLOORS).flatMap(([name, perThousand]) => {
    const least = Math.floor((perThousand * seeds) / SEEDS);
    const times = counts[name] ?? 0;
    return times < least ? [`${name} was reached ${times} times, at least ${least} are wanted.`] : [];
  });
}
