/** The two futures of the tests, as a broker describes them, at an hour at which they trade. */
import type { Instrument } from '../model/instrument';

const HOUR = 3_600_000;

/** 2025-12-12T15:00:00Z, 09:00 US/Central: the morning of the incident, in the middle of the session. */
export const T0 = Date.UTC(2025, 11, 12, 15, 0, 0);
/** The host's clock is not the exchange's: a rule that reads the wrong one fails its test. */
export const HOST_AHEAD_MS = 7_000_000;

/** 17:00 to 16:00 US/Central. */
const SESSIONS = [-1, 0, 2, 3].map((day) => ({
  openTs: Date.UTC(2025, 11, 11 + day, 23, 0, 0),
  closeTs: Date.UTC(2025, 11, 12 + day, 22, 0, 0),
}));

export const ES: Instrument = {
  symbol: 'ES',
  localSymbol: 'ESZ5',
  conId: 495_512_563,
  exchange: 'CME',
  currency: 'USD',
  tickSize: 0.25,
  multiplier: 50,
  lastTradeTs: T0 + 7 * 24 * HOUR,
  sessions: SESSIONS,
};

export const MES: Instrument = {
  ...ES,
  symbol: 'MES',
  localSymbol: 'MESZ5',
  conId: 730_283_085,
  multiplier: 5,
};

/** @returns ticks of a price on the quarter-point grid. */
export function ticks(price: number): number {
  return price * 4;
}

/** ES with hours as IB writes them, `20251211:1700-20251212:1600;...`, at six hours from UTC. */
export function instrumentAt(tradingHours: string): Instrument {
  const edge = (text: string): number => {
    const [, year, month, day, hour, minute] = (/^(\d{4})(\d\d)(\d\d):(\d\d)(\d\d)$/.exec(text) ?? []).map(
      Number,
    );
    return Date.UTC(year ?? 0, (month ?? 1) - 1, day, (hour ?? 0) + 6, minute);
  };
  const sessions = tradingHours.split(';').flatMap((part) => {
    const [open, close] = part.split('-');
    return open === undefined || close === undefined ? [] : [{ openTs: edge(open), closeTs: edge(close) }];
  });
  return { ...ES, sessions };
}
