import { describe, expect, it } from 'vitest';
import { ES } from '../testing/instruments';
import { disagreements, exitOpensAfter, mayExitAt, venueAt } from './venue';

const cst = (text: string) => Date.parse(`${text}-06:00`);
const session = (open: string, close: string) => ({ openTs: cst(open), closeTs: cst(close) });

/** Christmas week as a broker lists it; the early close of the 24th as it should be, or forgotten. */
const christmas = (close = '2025-12-24T12:15:00') => ({
  ...ES,
  sessions: [
    session('2025-12-22T17:00:00', '2025-12-23T16:00:00'),
    session('2025-12-23T17:00:00', close),
    session('2025-12-25T17:00:00', '2025-12-26T16:00:00'),
  ],
});

describe('the venue', () => {
  it('is open for entries when the broker and the table both say so', () => {
    expect(venueAt(christmas(), cst('2025-12-24T12:14:00'))).toEqual({
      open: true,
      broker: 'open',
      table: 'open',
    });
    const forgotten = venueAt(christmas('2025-12-24T16:00:00'), cst('2025-12-24T13:00:00'));
    expect(forgotten).toEqual({ open: false, broker: 'open', table: 'closed' });
  });

  it('takes no exit after the early close of 24 December (F12), and opens again on Christmas evening', () => {
    const at = cst('2025-12-24T12:15:00');
    expect(mayExitAt(christmas(), at)).toBe(false);
    expect(exitOpensAfter(christmas(), at)).toBe(cst('2025-12-25T17:00:00'));
  });

  it('beyond the hours that the broker gave is closed for entries; exits go by the table', () => {
    const open = cst('2025-12-29T10:00:00');
    const halt = cst('2025-12-29T16:30:00');
    expect(venueAt(christmas(), open)).toEqual({ open: false, broker: 'unknown', table: 'open' });
    expect([mayExitAt(christmas(), open), mayExitAt(christmas(), halt)]).toEqual([true, false]);
    expect(exitOpensAfter(christmas(), halt)).toBe(cst('2025-12-29T17:00:00'));
  });

  it('of a future that the table does not hold, or that never closes, goes by the broker’s hours alone', () => {
    const gold = { ...christmas(), symbol: 'GC' };
    expect(venueAt(gold, cst('2025-12-24T10:00:00'))).toEqual({ open: true, broker: 'open', table: 'none' });
    const always = {
      ...ES,
      sessions: [
        session('2025-12-12T17:00:00', '2025-12-13T17:00:00'),
        session('2025-12-13T17:00:00', '2025-12-14T17:00:00'),
      ],
    };
    expect(venueAt(always, cst('2025-12-13T10:00:00'))).toMatchObject({ open: true, table: 'none' });
    expect(exitOpensAfter({ ...gold, sessions: [] }, cst('2025-12-24T10:00:00'))).toBeNull();
  });

  it('says where the two sources differ, and nothing where they agree', () => {
    const at = cst('2025-12-23T10:00:00');
    expect(disagreements(christmas(), at)).toEqual([]);
    expect(disagreements(christmas('2025-12-24T16:00:00'), at)).toEqual([
      {
        fromTs: cst('2025-12-24T12:15:00'),
        toTs: cst('2025-12-24T16:00:00'),
        broker: 'open',
        table: 'closed',
      },
    ]);
    expect(disagreements({ ...ES, sessions: [] }, at)).toEqual([]);
  });
});
