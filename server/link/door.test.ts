import { describe, expect, it } from 'vitest';
import { verdictOn } from './door';

const KEY = 'k'.repeat(43);
const knock = (headers: Record<string, string>, url = '/link') =>
  verdictOn({ url, headers: { host: '127.0.0.1:4010', 'x-interlock-key': KEY, ...headers } }, KEY);

describe('the door of the link', () => {
  it.each(['127.0.0.1:4010', 'localhost:4010', '[::1]:4010', 'LOCALHOST'])(
    'opens to the key, asked as %s',
    (host) => {
      expect(knock({ host })).toEqual({ open: true });
    },
  );

  it.each([
    ['a name that was bound to this machine', { host: 'evil.example:4010' }, '/link', 403],
    ['a name that begins like it', { host: '127.0.0.1.evil.example' }, '/link', 403],
    ['no host', { host: '' }, '/link', 403],
    ['a page in a browser', { origin: 'http://127.0.0.1:3000' }, '/link', 403],
    ['a wrong key', { 'x-interlock-key': `${KEY}x` }, '/link', 401],
    ['no key', { 'x-interlock-key': '' }, '/link', 401],
    ['another path', {}, '/linkage', 404],
  ])('stays shut to %s', (_who, headers, url, status) => {
    const verdict = knock(headers, url);
    expect(verdict.open ? 'open' : verdict.status).toMatch(new RegExp(`^${status} `));
  });

  it('stays shut to everybody when there is no key at all', () => {
    expect(verdictOn({ url: '/link', headers: { host: 'localhost', 'x-interlock-key': '' } }, '').open).toBe(
      false,
    );
  });
});
