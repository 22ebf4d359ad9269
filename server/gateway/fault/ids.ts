/** Message numbers by what they are about (ib-protocol 2). */

export const OUT = {
  orderStatus: '3',
  error: '4',
  openOrder: '5',
  nextValidId: '9',
  execDetails: '11',
  managedAccounts: '15',
  currentTime: '49',
  openOrderEnd: '53',
  commissionReport: '59',
  position: '61',
  positionEnd: '62',
} as const;

export const IN = {
  reqMktData: '1',
  placeOrder: '3',
  cancelOrder: '4',
  reqOpenOrders: '5',
  reqAllOpenOrders: '16',
  reqHistoricalData: '20',
  reqCurrentTime: '49',
  reqGlobalCancel: '58',
  reqPositions: '61',
  startApi: '71',
} as const;

/** Live prices: tickPrice, tickSize, tickString, tickGeneric, real-time bars, historical updates, tick-by-tick, snapshots' ends. */
export const MARKET_DATA: ReadonlySet<string> = new Set(['1', '2', '46', '45', '50', '57', '90', '99']);

/** Questions that have an answer: account, orders, executions, contracts, history, ids, positions, time, summary. */
export const QUESTIONS: ReadonlySet<string> = new Set(
  [5, 6, 7, 8, 9, 15, 16, 17, 20, 49, 61, 62, 74, 76, 87, 91, 92, 94, 99, 104].map(String),
);

/** Orders, changes, cancels. */
export const ORDERS: ReadonlySet<string> = new Set([IN.placeOrder, IN.cancelOrder, IN.reqGlobalCancel]);
