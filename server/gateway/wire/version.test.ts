/** Version negotiation: the highest version that both sides know, never one whose layouts we do not have. */
import { describe, expect, it } from 'vitest';
import { agreeVersion, parseVersionOffer, VERSION_MAX, VERSION_MIN } from './version';

describe('the version offer', () => {
  it.each([
    ['v100..193', { min: 100, max: 193, options: [] }],
    ['v157..178', { min: 157, max: 178, options: [] }],
    ['v157..178 +PACEAPI', { min: 157, max: 178, options: ['+PACEAPI'] }],
    ['v178', { min: 178, max: 178, options: [] }],
  ])('%s is read', (text, offer) => {
    expect(parseVersionOffer(text)).toEqual(offer);
  });

  it.each(['', '63', 'v', 'v..193', 'v100..', '71'])('"%s" is no offer', (text) => {
    expect(parseVersionOffer(text)).toBeUndefined();
  });
});

describe('the agreed version', () => {
  it('is the highest of both', () => {
    expect(agreeVersion({ min: 100, max: 193 })).toBe(193);
    expect(agreeVersion({ min: 100, max: 222 })).toBe(VERSION_MAX);
    expect(agreeVersion({ min: 157, max: 178 })).toBe(178);
  });

  it('stays at or below a forced ceiling', () => {
    expect(agreeVersion({ min: 100, max: 193 }, 178)).toBe(178);
  });

  it('does not exist for a client too old or too new', () => {
    expect(agreeVersion({ min: 100, max: VERSION_MIN - 1 })).toBeUndefined();
    expect(agreeVersion({ min: VERSION_MAX + 1, max: 222 })).toBeUndefined();
  });
});
