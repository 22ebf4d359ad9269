/** What is said of market data that does not come, and that entries stop by the age of quotes alone. */
import { describe, expect, it } from 'vitest';
import { show } from '../show';
import { openDesk } from '../testing/desk';

const farm = (state: 'ok' | 'idle' | 'connecting' | 'broken', name = 'usfuture') =>
  ({ type: 'FarmReported', farm: name, serves: 'market data', state }) as const;
const refused = {
  type: 'QuotesRefused',
  symbol: 'ES',
  code: 10197,
  text: 'No market data during competing live session',
  competing: true,
} as const;

describe('a data server of the broker', () => {
  it('that is well is no news; that breaks is, once; and that it is back', () => {
    const desk = openDesk();
    expect(desk.when(farm('ok'), farm('ok')).of('FarmChanged')).toEqual([]);
    expect(desk.when(farm('broken'), farm('broken')).of('FarmChanged')).toMatchObject([{ state: 'broken' }]);
    expect(desk.when(farm('connecting')).of('FarmChanged')).toEqual([]);
    expect(desk.when(farm('idle')).of('FarmChanged')).toMatchObject([{ farm: 'usfuture', state: 'idle' }]);
  });

  it('is shown with what it serves and since when, until the gateway is connected anew', () => {
    const desk = openDesk().when(farm('ok'), farm('broken', 'ushmds'));
    const shown = () => show(desk.state, { seq: 1, ts: desk.ts, hostMs: desk.hostMs }, [], {}).venue.farms;
    expect(shown()).toEqual([
      { name: 'usfuture', serves: 'market data', state: 'ok', sinceHostMs: desk.hostMs },
      { name: 'ushmds', serves: 'market data', state: 'broken', sinceHostMs: desk.hostMs },
    ]);
    desk.when({ type: 'BrokerConnecting', attempt: 1, why: 'lost' });
    expect(shown()).toEqual([]);
  });
});

describe('quotes that the broker refuses', () => {
  it('are shown with the reason and told to a person; entries stop by the age of the last quote, and go on when quotes come', () => {
    const desk = openDesk().when(refused);
    expect(desk.of('QuotesRefused')).toEqual([refused]);
    expect(desk.commands).toMatchObject([{ type: 'SendAlert', severity: 'warning' }]);
    const { instruments } = show(desk.state, { seq: 1, ts: desk.ts, hostMs: desk.hostMs }, [], {});
    expect(instruments.find(({ symbol }) => symbol === 'ES')?.refusal).toMatchObject({
      code: 10197,
      competing: true,
    });
    desk.later(6_000).signal({ signalId: 's-1' });
    expect(desk.of('EntryDenied')[0]?.reasons).toContain('STALE_MARKET_DATA');
    desk.when({ type: 'QuotesResumed', symbol: 'ES' }).market('ES', 6890.5);
    expect(desk.state.feed.refusals).toEqual({});
    desk.signal({ signalId: 's-2', strategy: 'other' });
    expect(desk.of('EntryDenied')).toEqual([]);
  });

  it('are back once', () => {
    const desk = openDesk().when({ type: 'QuotesResumed', symbol: 'ES' });
    expect(desk.of('QuotesResumed')).toEqual([]);
  });
});
