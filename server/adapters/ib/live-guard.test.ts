/** Which accounts may be traded through which ports. */
import { describe, expect, it } from 'vitest';
import { admitAccount, refusalOfPort } from './live-guard';

describe('the live guard', () => {
  it.each([4001, 7496])('refuses port %i while nothing is armed', (port) => {
    expect(refusalOfPort(port, null)).toContain('live trading port');
    expect(refusalOfPort(port, 'U1')).toBeNull();
  });

  it('lets paper accounts through on paper ports, demo and advisor accounts included', () => {
    expect(admitAccount('DU1234567', 4002, null)).toEqual({
      admitted: true,
      account: 'DU1234567',
      paper: true,
    });
    expect(admitAccount('DF1,DU2', 7497, null)).toEqual({ admitted: true, account: 'DF1', paper: true });
  });

  it.each([
    ['a live account', 'U1', 4002, null],
    ['a live account while another one is armed', 'U1', 4002, 'U2'],
    ['a paper account on a live port', 'DU1', 4001, 'U2'],
    ['no account at all', ' ,', 4002, null],
  ])('refuses %s', (_, accounts, port, armed) => {
    expect(admitAccount(accounts, port, armed).admitted).toBe(false);
  });

  it('trades the armed one of several, and never calls a live port paper', () => {
    expect(admitAccount('U1,U2', 7496, 'U2')).toEqual({ admitted: true, account: 'U2', paper: false });
    expect(admitAccount('DU1', 4001, 'DU1')).toEqual({ admitted: true, account: 'DU1', paper: false });
  });
});
