/** What the broker says of its market data: of the servers that it comes from, and of instruments whose quotes it refuses. */

/** `idle`: inactive, but there on demand; nothing is wrong with it. */
export type FarmState = 'ok' | 'idle' | 'connecting' | 'broken';
export type FarmService = 'market data' | 'history' | 'contracts';

/** One of IB's data servers, as its notices name it: usfuture, ushmds, secdefil. */
export interface Farm {
  serves: FarmService;
  state: FarmState;
  sinceHostMs: number;
}

export interface QuoteRefusal {
  code: number;
  text: string;
  /** Another session of the same login takes the data: it comes back when that session ends (10197). */
  competing: boolean;
  sinceHostMs: number;
}

export interface Feed {
  /** By name. */
  farms: Readonly<Record<string, Farm>>;
  /** By instrument. */
  refusals: Readonly<Record<string, QuoteRefusal>>;
}

export const NO_FEED: Feed = { farms: {}, refusals: {} };
