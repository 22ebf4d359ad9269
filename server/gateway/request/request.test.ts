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
