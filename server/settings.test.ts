/** Settings that are more than one variable. */
import { describe, expect, it } from 'vitest';
import { readSettings } from './settings';

describe('the restart of the gateway', () => {
  const restart = (env: Record<string, string>) => readSettings(env).gatewayRestart;

  it('is none of our own paper gateway, and IB’s default of an external one', () => {
    expect(restart({})).toBeNull();
    expect(restart({ INTERLOCK_GATEWAY: 'external' })).toEqual({ at: '23:45', zone: null });
  });

  it('is what is set, or none', () => {
    expect(restart({ INTERLOCK_GATEWAY_RESTART: '05:30', INTERLOCK_GATEWAY_ZONE: 'Europe/Zurich' })).toEqual({
      at: '05:30',
      zone: 'Europe/Zurich',
    });
    expect(restart({ INTERLOCK_GATEWAY: 'external', INTERLOCK_GATEWAY_RESTART: 'off' })).toBeNull();
  });

  it.each([
    [
      { INTERLOCK_GATEWAY_RESTART: '25:00' },
      'INTERLOCK_GATEWAY_RESTART: give a local time such as 23:45, or off',
    ],
    [{ INTERLOCK_GATEWAY_ZONE: 'Chicago' }, 'INTERLOCK_GATEWAY_ZONE: there is no time zone Chicago'],
  ])('of %j cannot be used, and says why', (env, why) => {
    expect(() => readSettings(env)).toThrow(why);
  });
});
