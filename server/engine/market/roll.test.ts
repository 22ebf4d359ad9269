/** The contract month changes: said ahead, said when it is late, and the prices of the old one are forgotten. */
import { describe, expect, it } from 'vitest';
import { openDesk } from '../testing/desk';
import { ES, T0 } from '../testing/instruments';

const DAY_MS = 86_400_000;
const resolved = (fields: Partial<typeof ES>) =>
  ({ type: 'InstrumentResolved', instrument: { ...ES, ...fields } }) as const;
const rollIn = (ms: number) => resolved({ roll: { atTs: T0 + ms, to: 'ESH6' } });

describe('a roll', () => {
  it('is said three days ahead, once, however often the contract is described', () => {
    const desk = openDesk();
    expect(desk.when(rollIn(3 * DAY_MS + 1)).of('RollAhead')).toEqual([]);
    expect(desk.when(rollIn(3 * DAY_MS)).of('RollAhead')).toEqual([
      {
        type: 'RollAhead',
        symbol: 'ES',
        from: ES.localSymbol,
        to: 'ESH6',
        atTs: T0 + 3 * DAY_MS,
        late: false,
      },
    ]);
    expect(desk.commands).toMatchObject([{ type: 'SendAlert', severity: 'warning' }]);
    expect(desk.when(rollIn(3 * DAY_MS)).of('RollAhead')).toEqual([]);
  });

  it('is said again when its day has come and the month is still in use', () => {
    const desk = openDesk().when(rollIn(DAY_MS));
    expect(desk.when(rollIn(0)).of('RollAhead')).toMatchObject([{ late: true }]);
    expect(desk.when(rollIn(0)).of('RollAhead')).toEqual([]);
  });

  it('forgets the quotes and bars of the old month: no entry is decided at its prices', () => {
    const desk = openDesk().market('ES', 6890.5);
    desk.when({ type: 'BarsLoaded', symbol: 'ES', bars: [] });
    desk.when(resolved({ conId: 2, localSymbol: 'ESH6' }));
    expect(desk.of('ContractRolled')).toEqual([
      { type: 'ContractRolled', symbol: 'ES', from: ES.localSymbol, to: 'ESH6' },
    ]);
    expect(desk.state.market.quotes.ES).toBeUndefined();
    expect(desk.state.market.quotes.MES).toBeDefined();
    expect(desk.state.bars.ES).toBeUndefined();
    desk.signal({ signalId: 's-1' });
    expect(desk.of('EntryDenied')[0]?.reasons).toContain('STALE_MARKET_DATA');
  });
});
