import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WORDS } from '../words';
import { assembled } from './assemble';
import { SCAN_WASM } from './scan.wasm';
import { Scanner, STAMPED } from './scanner';

it('the module is what its source says', async () => {
  expect(await assembled()).toBe(SCAN_WASM);
});

describe('the scan', () => {
  const words = WORDS.map(({ anchor }) => anchor);
  const scanner = new Scanner(words);

  /** The same, slowly: [where, word, line, line's beginning, begins with a time stamp]. */
  function naive(bytes: Buffer): number[][] {
    const hits: number[][] = [];
    for (let at = 0; at + 8 <= bytes.length; at += 1) {
      const word = words.findIndex((text) => bytes.compare(Buffer.from(text), 0, 8, at, at + 8) === 0);
      if (word < 0) continue;
      const before = bytes.subarray(0, at).toString('latin1');
      const start = before.lastIndexOf('\n') + 1;
      const line = bytes.toString('latin1', start);
      const stamped = /^\d{4}-\d\d-\d\d[ -T]\d\d:\d\d/.test(line);
      hits.push([at, word + (stamped ? STAMPED : 0), before.split('\n').length - 1, start]);
    }
    return hits;
  }

  function scanned(bytes: Buffer): number[][] {
    scanner.window.fill(0, 0, bytes.length + 64);
    bytes.copy(scanner.window);
    const { count, ints } = scanner.find(0, bytes.length, true);
    return Array.from({ length: count }, (_, n) => [...ints.subarray(4 * n, 4 * n + 4)]);
  }

  it('finds what a slow one finds, in the same lines', () => {
    const piece = fc.constantFrom(
      ...words,
      '\n',
      '\n\n',
      '2025-12-26 06:00',
      '2025-1x-26 06:00',
      'orderId',
      'é',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(''));
        expect(scanned(bytes)).toEqual(naive(bytes));
        expect([scanner.next >= bytes.length, scanner.lines]).toEqual([
          true,
          bytes.toString('latin1').split('\n').length - 1,
        ]);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('takes no word of fewer than eight bytes', () => {
    expect(() => new Scanner(['order'])).toThrow('shorter than 8 bytes');
  });
});
