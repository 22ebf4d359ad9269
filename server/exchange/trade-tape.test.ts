// A tape of trades is taken whole or refused whole; each of its trades happens at its moment, and the market closes with its sessions.
import { describe, expect, it } from 'vitest';
import { Exchange } from './exchange';
import { holdsTrades, parseTradeTape, type TradeTape } from './trade-tape';
import { tradeTapeMarket } from './trade-tape-market';
import type { ExchangeEvent } from './words';

const HEADER = 'timestamp,price,size';
const ROW = '2025-11-12T15:00:00.125Z,6850.25,3';
const MINUTE = 60_000;
/** Wednesday 2025-11-12, 09:00 in Chicago. */
const START = Date.parse('2025-11-12T15:00:00Z');

const rows = (...lines: string[]) => [HEADER, ...lines].join('\n');

function read(text: string): TradeTape {
  const reading = parseTradeTape(text);
  if (!reading.ok) throw new Error(`row ${reading.row}: ${reading.reason}`);
  return reading.tape;
}

function exchangeOn(tape: TradeTape, startTs = START) {
  const exchange = new Exchange({ seed: 1, startTs, market: tradeTapeMarket(tape), startingCash: 1_000_000 });
  const conId = exchange.contracts({})[0]?.contract.conId ?? 0;
  return { exchange, conId };
}

const quotesIn = (events: readonly ExchangeEvent[]) =>
  events.flatMap((event) => (event.kind === 'quote' ? [event.quote] : []));

describe('the text of a tape of trades', () => {
  it('is known by its first row', () => {
    expect([rows(ROW), `\uFEFF${rows(ROW)}`, `${HEADER}\r\n${ROW}`].map(holdsTrades)).toEqual([
      true,
      true,
      true,
    ]);
    expect(holdsTrades('timestamp,open,high,low,close,volume\n')).toBe(false);
  });

  it('is read to the millisecond, several trades at one moment too', () => {
    const text = rows(ROW, '2025-11-12T15:00:00.125999999Z,6850,1', '2025-11-12T15:00:01Z,6850,12', '', '');
    expect(parseTradeTape(text)).toEqual({
      ok: true,
      tape: {
        trades: [
          { ts: START + 125, price: 27_401, size: 3 },
          { ts: START + 125, price: 27_400, size: 1 },
          { ts: START + 1000, price: 27_400, size: 12 },
        ],
      },
    });
  });

  it.each([
    ['', 1, `expected the header "${HEADER}"`],
    [HEADER, 2, 'the tape holds no trades'],
    [rows(ROW, '', ROW), 3, 'expected 3 columns, found 1'],
    [rows(`${ROW},CME`), 2, 'expected 3 columns, found 4'],
    [rows('noon,6850,1'), 2, 'timestamp "noon" is not an ISO time in UTC'],
    [rows(ROW, '2025-11-12T15:00:00.124Z,6850,1'), 3, 'timestamp 2025-11-12T15:00:00.124Z goes back in time'],
    [rows('2025-11-12T15:00:00Z,6850.1,1'), 2, 'price 6850.1 is off the tick grid of 0.25'],
    [rows('2025-11-12T15:00:00Z,,1'), 2, 'price "" is not a number'],
    [rows('2025-11-12T15:00:00Z,-1,1'), 2, 'price -1 is not a price above zero'],
    [rows('2025-11-12T15:00:00Z,6850,0.5'), 2, 'size 0.5 is not a count of contracts'],
    [rows('2025-11-12T15:00:00Z,6850,0'), 2, 'size 0 is no trade'],
  ])('is refused: %j', (text, row, reason) => {
    expect(parseTradeTape(text)).toEqual({ ok: false, row, reason });
  });
});

describe('a market on a tape of trades', () => {
  const TAPE = read(
    rows(
      '2025-11-12T15:00:00Z,6850,3',
      '2025-11-12T15:00:12.5Z,6851,1',
      '2025-11-12T15:07:00Z,6850.5,2',
      '2025-11-12T15:07:30Z,6850.5,4',
    ),
  );

  it('trades each trade at its moment and size, and quotes a tick around it', () => {
    const { exchange } = exchangeOn(TAPE);
    const traded = quotesIn(exchange.advanceTo(START + 7.5 * MINUTE));
    expect(
      traded.map(({ ts, last, lastSize, bid, ask, volume }) => [
        ts - START,
        last,
        lastSize,
        bid,
        ask,
        volume,
      ]),
    ).toEqual([
      [0, 6850, 3, 6850, 6850.25, 3],
      [12_500, 6851, 1, 6850.75, 6851, 4],
      [7 * MINUTE, 6850.5, 2, 6850.5, 6850.75, 6],
      [7.5 * MINUTE, 6850.5, 4, 6850.5, 6850.75, 10],
    ]);
  });

  it('stays open through a silence, and closes when the minute of its last trade is over', () => {
    const { exchange, conId } = exchangeOn(TAPE);
    exchange.advanceTo(START + 5 * MINUTE);
    expect(exchange.quote(conId)).toMatchObject({ bid: 6850.75, ask: 6851, last: 6851 });
    const closes = quotesIn(exchange.advanceTo(START + 60 * MINUTE)).filter(({ last }) => last === undefined);
    expect(closes.map(({ ts }) => ts)).toEqual([START + 8 * MINUTE]);
    expect(exchange.nextEventTs()).toBe(Number.POSITIVE_INFINITY);
  });

  it('closes with the session, and opens with the first trade of the next', () => {
    const overnight = read(rows('2025-11-12T21:59:00Z,6850,3', '2025-11-12T23:00:02Z,6855,1'));
    const { exchange } = exchangeOn(overnight, Date.parse('2025-11-12T21:00:00Z'));
    const seen = quotesIn(exchange.advanceTo(Date.parse('2025-11-13T00:00:00Z')));
    expect(seen.map(({ ts, last, volume }) => [new Date(ts).toISOString(), last, volume])).toEqual([
      ['2025-11-12T21:59:00.000Z', 6850, 3],
      ['2025-11-12T22:00:00.000Z', undefined, 0],
      ['2025-11-12T23:00:02.000Z', 6855, 1],
      ['2025-11-12T23:01:00.000Z', undefined, 0],
    ]);
  });

  it('makes its bars of its trades, those before the start as history', () => {
    const { exchange, conId } = exchangeOn(TAPE, START + 30_000);
    exchange.advanceTo(START + 10 * MINUTE);
    const range = { endTs: START + 10 * MINUTE, durationMs: 10 * MINUTE, barMs: MINUTE };
    expect(exchange.bars(conId, range)).toEqual([
      { ts: START, open: 6850, high: 6851, low: 6850, close: 6851, volume: 4, wap: 6850.25, count: 2 },
      {
        ts: START + 7 * MINUTE,
        open: 6850.5,
        high: 6850.5,
        low: 6850.5,
        close: 6850.5,
        volume: 6,
        wap: 6850.5,
        count: 2,
      },
    ]);
  });

  it('fills an order beyond the size of the trade that met it: a tape does not say what could be had', () => {
    const { exchange, conId } = exchangeOn(TAPE);
    exchange.advanceTo(START + 1);
    const order = { clientId: 1, orderId: 1, contract: { conId }, action: 'SELL', transmit: true } as const;
    exchange.placeOrder({ ...order, totalQuantity: 10, orderType: 'LMT', lmtPrice: 6851 });
    const fills = exchange
      .advanceTo(START + MINUTE)
      .flatMap((event) => (event.kind === 'execDetails' ? [event.execution] : []));
    expect(fills.map(({ ts, shares, price }) => [ts - START, shares, price])).toEqual([[12_500, 10, 6851]]);
  });

  it('says so when asked for a move after its end', () => {
    const market = tradeTapeMarket(TAPE)({ seed: 1, startTs: START + 60 * MINUTE });
    expect(() => market.next()).toThrow('the tape is over');
  });
});
