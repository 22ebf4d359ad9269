import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LogClock, STAMP_BYTES, stampOf } from './clock';

it('a log reads each stamp as one that is read alone', () => {
  const two = (max: number) => fc.nat({ max }).map((n) => String(n).padStart(2, '0'));
  // the night in which clocks went back, and a month that does not exist
  const hour = fc.constantFrom(
    '2025-11-02 00:',
    '2025-11-02 01:',
    '2025-11-02T01:',
    '2025-12-26 06:',
    '2025-13-26 06:',
  );
  const rest = fc.constantFrom(
    ' CST | INFO | x',
    ' | INFO | x',
    '.5 | INFO',
    ',123 CDT | x',
    'Z',
    '+01:00 | x',
    '',
  );
  const minuteAndSecond = fc.oneof(
    fc.tuple(two(61), two(61)).map((both) => both.join(':')),
    fc.constantFrom('5x:00', '05.00', ''),
  );
  const entry = fc.tuple(hour, minuteAndSecond, rest).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
      const clock = new LogClock();
      const alone = entries.map((text) => stampOf((text.split('|')[0] ?? '').slice(0, STAMP_BYTES)));
      expect(entries.map((text) => clock.read(text))).toEqual(alone);
    }),
    { seed: 1, numRuns: 300 },
  );
});
