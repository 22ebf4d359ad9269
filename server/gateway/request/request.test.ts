/** Whatever is in the fields, decoding gives a request or a refusal, never another error. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestRefused, UNSET_DECIMAL } from '../wire/fields';
import { VERSION_MAX, VERSION_MIN } from '../wire/version';
import { decodeRequest } from './request';

const field = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '1',
    '-1',
    'true',
    '2147483647',
    UNSET_DECIMAL,
    'NaN',
    'Infinity',
    '1e999',
    '0x10',
  ),
  fc.string(),
  fc.double().map(String),
);
const version = fc.integer({ min: VERSION_MIN, max: VERSION_MAX });

describe('a frame of any content', () => {
  it('is a request or is refused', () => {
    fc.assert(
      fc.property(fc.nat(120), fc.array(field, { maxLength: 130 }), version, (messageId, fields, sv) => {
        try {
          expect(decodeRequest([String(messageId), ...fields], sv)).toHaveProperty('kind');
        } catch (error) {
          expect(error).toBeInstanceOf(RequestRefused);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a cancel', () => {
  it('has its order id one field earlier from version 192 on', () => {
    expect(decodeRequest(['4', '1', '77', ''], 191)).toEqual({ kind: 'cancelOrder', orderId: 77 });
    expect(decodeRequest(['4', '77', '', '', '2147483647'], 192)).toEqual({
      kind: 'cancelOrder',
      orderId: 77,
    });
  });
});

describe('an option that is not there', () => {
  const order = (said: Readonly<Record<number, string>>) => () =>
    decodeRequest(
      Array.from({ length: 114 }, (_, i) => ({ 0: '3', 1: '7', 90: 'None', ...said })[i] ?? ''),
      178,
    );

  it.each([
    [4, 'BAG'],
    [31, '1'],
    [32, '5'],
    [34, '1'],
    [36, '0.25'],
    [37, '20251112 09:00:00 US/Central'],
    [38, '20251112 09:00:00 US/Central'],
    [49, '1'],
    [50, '2'],
    [64, 'LMT'],
    [72, '1'],
    [74, '20251112 09:00:00'],
    [75, '20251112 09:00:00'],
    [76, 'D'],
    [81, '1'],
    [82, 'Vwap'],
    [89, '1'],
    [90, 'STP'],
  ])('is refused rather than passed over: field %i as "%s"', (index, text) => {
    expect(order({ [index]: text })).toThrow(/^The paper gateway does not take /);
  });

  it.each(['0', '1', '2', '3', '4', '7', '8', '2147483647'])('is not triggerMethod %s', (method) => {
    expect(order({ 32: method })()).toMatchObject({ kind: 'placeOrder', orderId: 7 });
  });
});

describe('values that mean "not set"', () => {
  it('read as absent, in both the empty and the zero dialect', () => {
    const order = (transmit: string, limit: string) => {
      const fields = Array.from({ length: 114 }, () => '');
      fields.splice(0, 2, '3', '1');
      fields[19] = limit;
      fields[27] = transmit;
      return decodeRequest(fields, 178);
    };
    expect(order('', '')).toMatchObject({ ticket: { transmit: false, lmtPrice: undefined, parentId: 0 } });
    expect(order('1', UNSET_DECIMAL)).toMatchObject({ ticket: { transmit: true, lmtPrice: undefined } });
    expect(order('true', '0.0')).toMatchObject({ ticket: { transmit: true, lmtPrice: 0 } });
  });
});
