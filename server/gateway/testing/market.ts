/** A small tape for tests: every price that trades is written down in the test. */
import { type Contract, SecType } from '@stoqey/ib';
import type { MarketMaker } from '../../exchange/market';
import { parseTape } from '../../exchange/tape';
import { tapeMarket } from '../../exchange/tape-market';

/** 08:45 in Chicago on a Wednesday: liquid hours, and December is the front month. */
export const TAPE_START = Date.parse('2025-11-12T14:45:00Z');
export const MINUTE = 60_000;

/** Open, high, low, close of consecutive minutes from TAPE_START on; 100 contracts each. Plays an ES contract. */
export function tapeOf(...bars: readonly (readonly [number, number, number, number])[]): MarketMaker {
  const rows = bars.map(([open, high, low, close], i) => {
    const time = new Date(TAPE_START + i * MINUTE).toISOString();
    return `${time},${open},${high},${low},${close},100`;
  });
  const reading = parseTape(['timestamp,open,high,low,close,volume', ...rows].join('\n'));
  if (!reading.ok) throw new Error(`row ${reading.row}: ${reading.reason}`);
  return tapeMarket(reading.tape);
}

/** The contract that the tape is of, as a client describes it. */
export const ES: Contract = {
  symbol: 'ES',
  secType: SecType.FUT,
  exchange: 'CME',
  currency: 'USD',
  lastTradeDateOrContractMonth: '202512',
};
