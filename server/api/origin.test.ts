/** Only our own page and programs on this machine reach the API. */
import { describe, expect, test } from 'vitest';
import { refusalOf } from './origin';

function refused(method: string, headers: Readonly<Record<string, string>>): string | null {
  return refusalOf({ method, header: (name) => headers[name] ?? null });
}

const command = {
  host: '127.0.0.1:3000',
  origin: 'http://127.0.0.1:3000',
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
  'x-interlock-console': '1',
};

describe('a request', () => {
  test('of our own page passes, by any loopback name and port', () => {
    expect(refused('POST', command)).toBeNull();
    expect(refused('GET', { host: 'localhost:3100', 'sec-fetch-site': 'same-origin' })).toBeNull();
    expect(refused('GET', { host: '[::1]:3000' })).toBeNull();
  });

  test('of a program on this machine passes without an origin', () => {
    const { origin: _origin, 'sec-fetch-site': _site, ...plain } = command;
    expect(refused('POST', plain)).toBeNull();
  });

  test.each([
    'evil.example',
    'localhost.evil.example:3000',
    '127.0.0.1.evil.example',
    '192.168.1.7:3000',
    '',
  ])('to the host name "%s" is refused', (host) => {
    expect(refused('GET', { host })).toContain('localhost only');
  });

  test.each(['http://evil.example', 'http://127.0.0.1:9999', 'null'])(
    'from the origin "%s" is refused',
    (origin) => {
      expect(refused('POST', { ...command, origin })).toContain('another origin');
    },
  );

  test('that the browser calls cross-site is refused, even a read', () => {
    expect(refused('GET', { host: command.host, 'sec-fetch-site': 'cross-site' })).toContain('another site');
    expect(refused('GET', { host: command.host, 'sec-fetch-site': 'same-site' })).toContain('another site');
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'to command with content type "%s" is refused',
    (type) => {
      expect(refused('POST', { ...command, 'content-type': type })).toContain(
        'content-type to application/json',
      );
    },
  );

  test('to command without our header is refused', () => {
    const { 'x-interlock-console': _header, ...bare } = command;
    expect(refused('POST', bare)).toContain('x-interlock-console');
  });

  test('by any other method is refused', () => {
    expect(refused('DELETE', command)).toContain('DELETE');
  });
});
