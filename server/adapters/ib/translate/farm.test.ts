/** IB's notices about its data servers, as a real gateway writes them. */
import { describe, expect, it } from 'vitest';
import { farmOf } from './farm';

describe('a notice about a data server', () => {
  it.each([
    [2103, 'Market data farm connection is broken:usfuture', 'usfuture', 'market data', 'broken'],
    [2104, 'Market data farm connection is OK:usfarm.nj', 'usfarm.nj', 'market data', 'ok'],
    [2105, 'HMDS data farm connection is broken:ushmds', 'ushmds', 'history', 'broken'],
    [2106, 'HMDS data farm connection is OK:ushmds', 'ushmds', 'history', 'ok'],
    [
      2107,
      'HMDS data farm connection is inactive but should be available upon demand.:euhmds',
      'euhmds',
      'history',
      'idle',
    ],
    [
      2108,
      'Market data farm connection is inactive but should be available upon demand.:usopt',
      'usopt',
      'market data',
      'idle',
    ],
    [2119, 'Market data farm is connecting:usfuture', 'usfuture', 'market data', 'connecting'],
    [2157, 'Sec-def data farm connection is broken:secdefil', 'secdefil', 'contracts', 'broken'],
    [2158, 'Sec-def data farm connection is OK:secdefil', 'secdefil', 'contracts', 'ok'],
  ])('%i says which, what it serves and how it is', (code, text, farm, serves, state) => {
    expect(farmOf(code, text)).toEqual({ farm, serves, state });
  });

  it('without a name is one by what it serves; any other notice is none', () => {
    expect(farmOf(2103, 'Market data farm connection is broken')?.farm).toBe('the market data server');
    expect(farmOf(2110, 'Connectivity between Trader Workstation and server is broken.')).toBeNull();
    expect(farmOf(2100, 'API client has been unsubscribed: account')).toBeNull();
  });
});
