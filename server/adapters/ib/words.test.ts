/** Sentences about a failed connection. */
import { describe, expect, it } from 'vitest';
import { unreachable } from './words';

describe('the words for a failed connection', () => {
  it('name the place, and keep what is not a refusal', () => {
    const place = { host: 'gateway.local', port: 4002, clientId: 17 };
    expect(unreachable(place, '')).toContain('Nothing listens at gateway.local:4002');
    expect(unreachable(place, 'getaddrinfo ENOTFOUND gateway.local')).toContain('ENOTFOUND');
  });
});
