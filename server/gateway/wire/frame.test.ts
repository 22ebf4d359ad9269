/** Frames survive any cut of the byte stream, and nonsense is refused instead of waited for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, FRAME_BYTES_MAX, FrameReader, PREAMBLE, ProtocolViolation } from './frame';

const fieldText = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
const messages = fc.array(fc.array(fieldText, { minLength: 1, maxLength: 20 }), { maxLength: 10 });

function cut(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...places, bytes.length].map((end, i) => bytes.subarray(places[i - 1] ?? 0, end));
}

describe('a stream of frames', () => {
  it('gives back the messages that went in, wherever TCP cuts it', () => {
    fc.assert(
      fc.property(messages, fc.array(fc.nat()), (sent, cuts) => {
        const bytes = Buffer.concat([PREAMBLE, ...sent.map(encodeFrame)]);
        const reader = new FrameReader({ preamble: true });
        expect(cut(bytes, cuts).flatMap((chunk) => reader.push(chunk))).toEqual(sent);
      }),
    );
  });

  it('gives each message exactly when its last byte arrives, byte by byte', () => {
    const sent = [
      ['4', '2', '-1', '2104', 'ok', ''],
      ['9', '1', '7'],
    ];
    const reader = new FrameReader();
    const arrivals = sent.map((message) => {
      const bytes = [...encodeFrame(message)].map((byte) => Buffer.from([byte]));
      const early = bytes.slice(0, -1).flatMap((byte) => reader.push(byte));
      expect(early).toEqual([]);
      return reader.push(bytes.at(-1) ?? Buffer.alloc(0))[0];
    });
    expect(arrivals).toEqual(sent);
  });

  it('reads the version offer, whose last field has no NUL', () => {
    const offer = Buffer.from('v100..193');
    const length = Buffer.from([0, 0, 0, offer.length]);
    const reader = new FrameReader({ preamble: true });
    expect(reader.push(Buffer.concat([PREAMBLE, length, offer]))).toEqual([['v100..193']]);
  });

  it('refuses a peer that does not open with API', () => {
    const reader = new FrameReader({ preamble: true });
    expect(() => reader.push(Buffer.from('GET / HTTP/1.1'))).toThrow(ProtocolViolation);
  });

  it('refuses a frame longer than any request instead of waiting for its end', () => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(FRAME_BYTES_MAX + 1);
    expect(() => new FrameReader().push(length)).toThrow(ProtocolViolation);
  });
});

describe('an encoded message', () => {
  it('writes booleans as 1 and 0, and counts the length in bytes', () => {
    expect(encodeFrame([5, true, false, 'µ']).toString('hex')).toBe(
      '00000009' + '3500' + '3100' + '3000' + 'c2b500',
    );
  });
});
