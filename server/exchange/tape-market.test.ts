// A played tape: its history, its quotes, its gaps and its end. The real tape is read where it is at hand.
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Exchange } from './exchange';
import { globexCalendar } from './sessions';
import { parseTape, type Tape } from './tape';
import { tapeMarket } from './tape-market';
import type { Quote } from './words';

const REAL_TAPE = '../shared/data/es-1m-2025-11-02_2025-12-12.csv.gz';
const MINUTE = 60_000;
/** Wednesday 2025-11-12, 09:00 in Chicago. */
const START = 1_762_959_600_000;

function read(text: string): Tape {
  const reading = parseTape(text);
  if (!reading.ok) throw new Error(`row ${reading.row}: ${reading.reason}`);
  return reading.tape;
}

/** Two bars, a gap of a minute, one more. */
const TAPE = read(`timestamp,open,high,low,close,volume
2025-11-12T15:00:00Z,6850,6850.5,6849.75,6850.25,50
2025-11-12T15:01:00Z,6850.25,6850.75,6850.25,6850.5,30
2025-11-12T15:03:00Z,6852,6852,6851.5,6851.5,30
`);

function play(startTs: number, tape = TAPE): { exchange: Exchange; quotes: Quote[]; conId: number } {
  const exchange = new Exchange({ seed: 1, startTs, market: tapeMarket(tape) });
  const conId = exchange.contracts({ localSymbol: 'ESZ5' })[0]?.contract.conId ?? 0;
  const events = exchange.advanceTo(startTs + 10 * MINUTE);
  return {
    exchange,
    conId,
    quotes: events.flatMap((event) => (event.kind === 'quote' ? [event.quote] : [])),
  };
}

describe('a tape market', () => {
  it('quotes a tick around the last: at the ask after an uptick, at the bid after a downtick', () => {
    const { quotes } = play(START);
    expect(quotes.slice(0, 5).map(({ last, bid, ask }) => [last, bid, ask])).toEqual([
      [6850, 6850, 6850.25],
      [6849.75, 6849.75, 6850],
      [6850, 6849.75, 6850],
      [6850.25, 6850, 6850.25],
      [6850.5, 6850.25, 6850.5],
    ]);
  });

  it('takes away its quotes at a gap and at its end, and then has nothing more to happen', () => {
    const { exchange, quotes, conId } = play(START);
    const gone = quotes.filter(({ last }) => last === undefined);
    expect(gone.map(({ ts }) => ts)).toEqual([START + 2 * MINUTE, START + 4 * MINUTE]);
    expect(exchange.quote(conId)).toMatchObject({ bid: undefined, ask: undefined, last: undefined });
    expect(exchange.nextEventTs()).toBe(Number.POSITIVE_INFINITY);
  });

  it('gives back its own bars, those before the start as history and the played ones alike', () => {
    const { exchange, conId } = play(START + MINUTE);
    const range = { endTs: START + 9 * MINUTE, durationMs: 9 * MINUTE, barMs: MINUTE };
    expect(exchange.bars(conId, range)).toMatchObject([
      { ts: START, open: 6850, high: 6850.5, low: 6849.75, close: 6850.25, volume: 50 },
      { ts: START + MINUTE, open: 6850.25, high: 6850.75, low: 6850.25, close: 6850.5, volume: 30 },
      { ts: START + 3 * MINUTE, open: 6852, high: 6852, low: 6851.5, close: 6851.5, volume: 30 },
    ]);
    expect(exchange.bars(conId, { ...range, barMs: 5 * MINUTE })).toMatchObject([
      { ts: START, open: 6850, high: 6852, low: 6849.75, close: 6851.5, volume: 110 },
    ]);
  });

  it('starts in the middle of a bar with what is left of its path', () => {
    const { quotes } = play(START + 30_000);
    expect(quotes[0]?.ts).toBeGreaterThanOrEqual(START + 30_000);
    expect(quotes[0]?.ts).toBeLessThan(START + MINUTE);
  });

  it('lists nothing but the contract that was the front when the tape began', () => {
    const exchange = new Exchange({ seed: 1, startTs: START, market: tapeMarket(TAPE) });
    expect(exchange.contracts({}).map(({ contract }) => contract.localSymbol)).toEqual(['ESZ5']);
  });

  it('can be of another product', () => {
    const exchange = new Exchange({ seed: 1, startTs: START, market: tapeMarket(TAPE, { symbol: 'MNQ' }) });
    expect(exchange.contracts({})[0]?.contract.localSymbol).toBe('MNQZ5');
  });

  it('says so when asked for a move after its end', () => {
    const market = tapeMarket(TAPE)({ seed: 1, startTs: START + 60 * MINUTE });
    expect(() => market.next()).toThrow('the tape is over');
  });
});

const present = existsSync(REAL_TAPE);
describe.skipIf(!present)(`the real tape${present ? '' : ' (skipped: it is not at hand)'}`, () => {
  const tape = present ? read(gunzipSync(readFileSync(REAL_TAPE)).toString('utf8')) : TAPE;

  it('lies within the sessions and holidays that the calendar knows, to the minute', () => {
    const calendar = globexCalendar();
    const outside = tape.bars.filter(({ ts }) => !calendar.isOpen(ts));
    expect(outside.map(({ ts }) => ts)).toEqual([]);
  });

  it('is played to the very bars that it holds', () => {
    const startTs = 1_765_550_700_000;
    const exchange = new Exchange({ seed: 1, startTs, market: tapeMarket(tape) });
    const conId = exchange.contracts({})[0]?.contract.conId ?? 0;
    exchange.advanceTo(startTs + 8 * 60 * MINUTE);
    const played = exchange.bars(conId, {
      endTs: startTs + 480 * MINUTE,
      durationMs: 480 * MINUTE,
      barMs: MINUTE,
    });
    const recorded = tape.bars.filter(({ ts }) => ts >= startTs);
    expect(played.map(({ volume, close }) => [volume, close * 4])).toEqual(
      recorded.map(({ volume, close }) => [volume, close]),
    );
  });
});
