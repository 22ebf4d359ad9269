/** What goes wrong between the exchange and its client right now. All zero: nothing does. Probabilities are 0 to 1, spans in ms. */
export interface Weather {
  /** A status or an open order is said twice. */
  duplicates: number;
  /** An order's status is not said. */
  lostStatuses: number;
  /** An execution is not told live: only a report has it. */
  lostExecutions: number;
  /** An execution comes late, by at most so much. */
  lateExecutions: number;
  lateExecutionMs: number;
  /** A commission comes late, or not at all. */
  lateCommissions: number;
  lostCommissions: number;
  /** An old status is said again later. */
  staleStatuses: number;
  /** Orders, changes and cancels vanish on the way. */
  lostOrders: number;
  lostCancels: number;
  /** A question is not answered. */
  lostAnswers: number;
  /** Positions are told as they were so long ago. */
  stalePositionsMs: number;
  /** An open order is missing from a report that says it is complete. */
  missingOrders: number;
  /** Cancels are answered with "not found". */
  unknownCancels: number;
  /** Changes of working orders are refused. */
  refusedChanges: number;
  /** Prices that are no prices: 0, -1, NaN, off the grid. */
  nonsenseQuotes: number;
}

export const FAIR: Weather = {
  duplicates: 0,
  lostStatuses: 0,
  lostExecutions: 0,
  lateExecutions: 0,
  lateExecutionMs: 0,
  lateCommissions: 0,
  lostCommissions: 0,
  staleStatuses: 0,
  lostOrders: 0,
  lostCancels: 0,
  lostAnswers: 0,
  stalePositionsMs: 0,
  missingOrders: 0,
  unknownCancels: 0,
  refusedChanges: 0,
  nonsenseQuotes: 0,
};
