// A tape is taken whole or refused whole, by row and reason.
import { describe, expect, it } from 'vitest';
import { parseTape } from './tape';

const HEADER = 'timestamp,open,high,low,close,volume';
const ROW = '2025-11-12T15:00:00.000Z,6850,6851.25,6849.75,6850.5,1085';

function tape(...rows: string[]): string {
  return [HEADER, ...rows].join('\n');
}

describe('a tape', () => {
  it('is read into bars of whole ticks, with any newline and any ending', () => {
    const text = `${HEADER}\r\n${ROW}\r\n2025-11-12T15:01:00Z,6850.5,6850.5,6850.5,6850.5,0\r\n\r\n`;
    expect(parseTape(text)).toEqual({
      ok: true,
      tape: {
        bars: [
          { ts: 1_762_959_600_000, open: 27400, high: 27405, low: 27399, close: 27402, volume: 1085 },
          { ts: 1_762_959_660_000, open: 27402, high: 27402, low: 27402, close: 27402, volume: 0 },
        ],
      },
    });
  });

  it.each([
    ['', 1, `expected the header "${HEADER}"`],
    [ROW, 1, `expected the header "${HEADER}"`],
    [HEADER, 2, 'the tape holds no bars'],
    [tape(ROW, '', ROW), 3, 'expected 6 columns, found 1'],
    [tape(`${ROW},7`), 2, 'expected 6 columns, found 7'],
    [tape('2025-11-12 15:00,1,1,1,1,1'), 2, 'timestamp "2025-11-12 15:00" is not an ISO time in UTC'],
    [tape('2025-02-30T15:00:00Z,1,1,1,1,1'), 2, 'timestamp "2025-02-30T15:00:00Z" is not an ISO time in UTC'],
    [tape('2025-11-12T15:00:30Z,1,1,1,1,1'), 2, 'timestamp 2025-11-12T15:00:30Z is not on a whole minute'],
    [tape(ROW, ROW), 3, 'timestamp 2025-11-12T15:00:00.000Z does not ascend'],
    [tape('2025-11-12T15:00:00Z,1,NaN,1,1,1'), 2, 'high "NaN" is not a number'],
    [tape('2025-11-12T15:00:00Z,1,1,,1,1'), 2, 'low "" is not a number'],
    [tape('2025-11-12T15:00:00Z,1,1,1,1e3,1'), 2, 'close "1e3" is not a number'],
    [tape('2025-11-12T15:00:00Z,-1,1,-1,1,1'), 2, 'open -1 is not a price above zero'],
    [tape('2025-11-12T15:00:00Z,1,1.1,1,1,1'), 2, 'high 1.1 is off the tick grid of 0.25'],
    [tape('2025-11-12T15:00:00Z,2,1,2,2,1'), 2, 'high 1 is below low 2'],
    [tape('2025-11-12T15:00:00Z,4,3,1,2,1'), 2, 'open 4 is outside 1 to 3'],
    [tape('2025-11-12T15:00:00Z,2,3,1,0.75,1'), 2, 'close 0.75 is outside 1 to 3'],
    [tape('2025-11-12T15:00:00Z,2,3,1,2,1.5'), 2, 'volume 1.5 is not a count of contracts'],
    [tape('2025-11-12T15:00:00Z,2,3,1,2,-1'), 2, 'volume -1 is not a count of contracts'],
  ])('is refused: %j', (text, row, reason) => {
    expect(parseTape(text)).toEqual({ ok: false, row, reason });
  });
});
