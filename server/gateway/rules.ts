/**
 * What differs from one IB Gateway to another: settings of its configuration page, limits of the account, and what nobody has
 * documented (ib-protocol marks it [I]). README.md lists which is which.
 */

export interface GatewayRules {
  /** This client hears of the orders and executions of all clients, as the "Master API client ID" of the configuration page does. */
  masterClientId: number | undefined;
  /**
   * What becomes of messages beyond the rate (ib-protocol 3.9, code 100): `delay` holds them back, `reject` answers error 100 and
   * disconnects at the third violation, `none` serves them all. A client that offers `+PACEAPI` is always delayed.
   */
  pacing: 'delay' | 'reject' | 'none';
  /** Market data lines of the account; a client may send half as many messages in any second. */
  marketDataLines: number;
  /** Does the account subscribe to CME's data: live, not (then 354, or ten minutes late for who asks for delayed data), or not at all? */
  marketData: 'live' | 'delayed' | 'none';
  /** How a request without a subscription is refused: always with 354, or with 10089 where late data is to be had and 10186 where it is not. */
  marketDataRefusal: 'classic' | 'specific';
  /** How long a snapshot takes to end, ms of exchange time. */
  snapshotEndMs: number;
  /** Whose executions reqExecutions gives: the client's own (and for the master, everybody's), or always everybody's. */
  executionsOf: 'own' | 'all';
  /** Says (10349) that an order without a time in force became one for the day; some clients take the notice for an error. */
  presetNotice: boolean;
  /** Says (2109) that outsideRth does not matter to a market or limit order on futures, which trade around the clock anyway. */
  outsideRthNotice: boolean;
  /** Says (2137) that an order would turn the position from long to short or back. */
  crossSideNotice: boolean;
  /** Which historical requests are held to IB's pace: those for ticks and for bars of 30 seconds and less, all, or none. */
  historyPacing: 'smallBars' | 'all' | 'none';
}

/** The gateway as IB delivers it. */
export const STANDARD_RULES: GatewayRules = {
  masterClientId: undefined,
  pacing: 'delay',
  marketDataLines: 100,
  marketData: 'live',
  marketDataRefusal: 'classic',
  snapshotEndMs: 0,
  executionsOf: 'own',
  presetNotice: false,
  outsideRthNotice: false,
  crossSideNotice: false,
  historyPacing: 'smallBars',
};

/** Messages that a client may send in any second. */
export const messagesPerSecond = ({ marketDataLines }: GatewayRules): number =>
  Math.max(1, Math.floor(marketDataLines / 2));
