import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WORDS } from '../words';
import { assembled } from './assemble';
import { SCAN_WASM } from './scan.wasm';
import { Scanner, STAMPED } from './scanner';

it('the module is what its source says', async () => {
  expect(await assembled()).toBe(SCAN_WASM);
});

/** Where, which word, lines before it, where its line begins. */
type Hit = [at: number, word: number, line: number, start: number];

/** What a plain line says, said once more in another way; the name that it is about is the first group. */
const PLAIN: Readonly<Record<string, RegExp>> = {
  'Hybrid Pipeline': /^Hybrid Pipeline: \w+ \(conf=\d+(?:\.\d+|(?!\.)), trend=\w+, vol=\w+\)/,
  'Reconciled position': /^Reconciled position: (\w+) qty=-?\d+ /,
  'Protection snapshot':
    /^Protection snapshot \| \w+ entry=(?:None|\d+\.\d+) SL=(?:None|\d+\.\d+) \(\d+(?:\.\d+|(?!\.))\) TP=(?:None|\d+\.\d+) /,
  'Got last price': /^Got last price: \d+\.\d+\r?\n/,
  'orderId=': /^orderId=0,/,
  'EXIT order: ': /^EXIT order: \w+ -?\d+ contracts/,
  'signal submission blocked': /^/,
};
const ALONE = ['orderId=', 'EXIT order: ', 'signal submission blocked'];

describe('the scan', () => {
  const words = WORDS.map(({ anchor }) => anchor);
  const scanner = new Scanner(WORDS);

  /** The same, slowly: every word where it stands. */
  function everything(bytes: Buffer): Hit[] {
    const hits: Hit[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      const word = words.findIndex((text) => bytes.subarray(at).indexOf(text) === 0);
      if (word < 0) continue;
      const before = bytes.subarray(0, at).toString('latin1');
      const start = before.lastIndexOf('\n') + 1;
      const stamped = /^20\d\d-\d\d-\d\d[ -T]\d\d:\d\d/.test(bytes.toString('latin1', start));
      hits.push([at, word + (stamped ? STAMPED : 0), before.split('\n').length - 1, start]);
    }
    return hits;
  }

  /** Of plain lines the last of its word and name before anything else. */
  function thinned(bytes: Buffer, plainTo: number): Hit[] {
    const told: Hit[] = [];
    let waiting = new Map<number, { hit: Hit; about: string }>();
    const release = () => {
      told.push(...[...waiting.values()].map(({ hit }) => hit));
      waiting = new Map();
    };
    for (const hit of everything(bytes)) {
      const [at, word] = hit;
      const plain = word >= STAMPED && at < plainTo ? PLAIN[words[word - STAMPED] ?? ''] : undefined;
      const name = words[word & (STAMPED - 1)] ?? '';
      const match = plain?.exec(bytes.toString('latin1', at));
      if (match && ALONE.includes(name)) {
        told.push(hit);
        continue;
      }
      const about = match?.[1] ?? '';
      if (!match || (waiting.get(word)?.about ?? about) !== about) release();
      if (match) waiting.set(word, { hit, about });
      else told.push(hit);
    }
    release();
    return told.sort((a, b) => a[0] - b[0]);
  }

  function scanned(bytes: Buffer, plainTo: number): { hits: Hit[]; lines: number } {
    scanner.window.fill(0, 0, bytes.length + 64);
    bytes.copy(scanner.window);
    const { count, ints, lines } = scanner.find(bytes.length, { lines: 0, plainTo });
    const hits = Array.from({ length: count }, (_, n) => [...ints.subarray(4 * n, 4 * n + 4)] as Hit);
    return { hits, lines };
  }

  const loose = fc.constantFrom(
    ...words,
    '\n',
    '\n\n',
    '\r\n',
    '\n2025-12-26 06:00',
    '\n2025-12-26T06:00:12 CST | ',
    '\n2025-1x-26 06:00',
    '\n1999-12-26 06:00',
    'Got last price: 6981.50\n',
    'Got last price: 6981\n',
    'Got last price: 6981.50\r\n',
    'Reconciled position: MES qty=-1 ',
    'Reconciled position: MES qty=12 ',
    'Reconciled position: ES qty=0 ',
    'Reconciled position: ES qty=- ',
    'Hybrid Pipeline: SCALP_BUY_OF_A_LONG_NAME (conf=0.36, trend=RANGE, vol=MEDIUM)',
    'Hybrid Pipeline: BUY (conf=1, trend=UP, vol=LOW)',
    'Hybrid Pipeline: BUY (conf=1., trend=UP, vol=LOW)',
    'Protection snapshot | BUY entry=6890.50 SL=None (5) TP=6898.25 ',
    'Protection snapshot | BUY entry=None SL=6885.50 (5.00) TP=6898.25 fallback',
    'Protection snapshot | BUY entry=6890.50 SL=6885 (5.00) TP=6898.25 ',
    'orderId=0, ',
    'orderId=12, ',
    'EXIT order: BUY 1 contracts',
    'EXIT order: BUY 1 contract',
    'orderId',
    'order placement',
    'é',
    ' ',
    'x'.repeat(700),
  );
  /** Lines that are plain, or nearly, one after another: of those most are not told. */
  const line = fc
    .tuple(fc.constantFrom('2025-12-26 06:00', '2025-12-26T06:00:12 CST | ', '2025-1x-26 06:00'), loose)
    .map(([stamp, text]) => `\n${stamp}${text}`);
  const piece = fc.oneof({ arbitrary: line, weight: 3 }, loose);
  const RUNS = { seed: 1, numRuns: 300 };

  it('finds what a slow one finds, in the same lines', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(''));
        const lines = bytes.toString('latin1').split('\n').length - 1;
        expect(scanned(bytes, 0)).toEqual({ hits: everything(bytes), lines });
      }),
      RUNS,
    );
  });

  it('keeps of plain lines what a slow one keeps', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.nat({ max: 4_000 }), (pieces, plainTo) => {
        const bytes = Buffer.from(pieces.join(''));
        expect(scanned(bytes, plainTo).hits).toEqual(thinned(bytes, plainTo));
      }),
      RUNS,
    );
  });

  it('counts the lines before it as they are told', () => {
    const bytes = Buffer.from('\norderId=5');
    bytes.copy(scanner.window);
    const { ints, lines } = scanner.find(bytes.length, { lines: 3_000_000_000, plainTo: 0 });
    expect([(ints[2] as number) >>> 0, lines >>> 0]).toEqual([3_000_000_001, 3_000_000_001]);
  });

  it('takes no word of fewer than eight bytes', () => {
    expect(() => new Scanner([{ anchor: 'order' }])).toThrow('shorter than 8 bytes');
  });
});
