import { describe, expect, it } from 'vitest';
import type { BrokerOrderStatus, OrderPhase } from './order';
import { isLive } from './order';
import { advance, type Cell, ORDER_TABLE, type OrderEvent } from './order-table';
import { newOrder } from './placing';

const EVENTS = Object.keys(ORDER_TABLE) as OrderEvent[];
const ENDS = ['Cancelled', 'Rejected', 'Filled'] as const;
const LIVE = ['Pending', 'Working', 'Cancelling', 'Unknown'] as const;
const PHASES: readonly OrderPhase[] = [...LIVE, 'Absent', ...ENDS];
const STATUSES: readonly BrokerOrderStatus[] = [
  'ApiPending',
  'PendingSubmit',
  'PreSubmitted',
  'Submitted',
  'PendingCancel',
  'ApiCancelled',
  'Cancelled',
  'Filled',
  'Inactive',
];

const order = newOrder({} as never, 0);
const phaseAfter = (phase: OrderPhase, ...events: readonly OrderEvent[]) =>
  events.reduce((was, event) => advance(was, event, 1).order, { ...order, phase }).phase;
const leadingTo = (phase: OrderPhase) =>
  EVENTS.filter((event) => PHASES.some((was) => was !== phase && phaseAfter(was, event) === phase));

describe('the order table, row by row where IB is odd', () => {
  it.each<[string, OrderEvent, OrderPhase, Cell]>([
    ['a stop that IB holds stays PreSubmitted for life: it is working', 'PreSubmitted', 'Pending', 'Working'],
    ['PendingSubmit is no acceptance', 'PendingSubmit', 'Pending', 'same'],
    ['an asked-for cancel is not a cancel: the order may still work', 'Submitted', 'Cancelling', 'same'],
    ['a status after the end is recorded, not believed (F26)', 'Submitted', 'Cancelled', 'noted'],
    ['a status after the end is recorded, not believed (F26)', 'PreSubmitted', 'Filled', 'noted'],
    ['Filled -> Cancelled was seen once: not believed (F26)', 'Cancelled', 'Filled', 'noted'],
    ['the fill won the race against the cancel', 'Filled', 'Cancelled', 'Filled'],
    ['PendingCancel, then Filled', 'Filled', 'Cancelling', 'Filled'],
    ['ApiCancelled is a cancel before IB acknowledged the order', 'ApiCancelled', 'Pending', 'Cancelled'],
    ['Inactive is a refusal', 'Inactive', 'Working', 'Rejected'],
    ['IB flaps: Cancelled after Inactive says less', 'Cancelled', 'Rejected', 'same'],
    ['IB flaps: Inactive after Cancelled says more', 'Inactive', 'Cancelled', 'Rejected'],
    ['the execution is the first thing heard (F31)', 'ExecutedInFull', 'Pending', 'Filled'],
    ['the execution is the first thing heard (F31)', 'ExecutedInPart', 'Pending', 'Working'],
    ['an execution of an order that was thought absent', 'ExecutedInPart', 'Absent', 'Unknown?'],
    ['201 before any acceptance refuses the order', 'Refused', 'Pending', 'Rejected'],
    ['201 after Inactive brings the reason (F35)', 'Refused', 'Rejected', 'same'],
    ['201 of a working order refuses a change: it works on', 'ChangeRefused', 'Working', 'noted?'],
    ['104: it has ended, nobody says how', 'NotChangeable', 'Working', 'Unknown?'],
    ['202 alone does not say how much was filled', 'CancelConfirmed', 'Working', 'Cancelled?'],
    ['10147 is never a cancel (F44)', 'NotFound', 'Cancelling', 'Unknown?'],
    ['161 is never a cancel (F44)', 'NotCancellable', 'Working', 'Unknown?'],
    ['10148 "state: Filled" is never a cancel (F44)', 'NotCancellableAsFilled', 'Cancelling', 'Unknown?'],
    ['504 of a cancel keeps the wish', 'NotConnected', 'Cancelling', 'noted'],
    ['504 of a change leaves the order in doubt', 'NotConnected', 'Working', 'Unknown?'],
    ['once missing may be half a report', 'MissingFromReport', 'Working', 'Unknown?'],
    ['in doubt and missing: it is not out there', 'MissingFromReport', 'Unknown', 'Absent'],
    ['the broker knows it after all', 'Submitted', 'Absent', 'Working'],
    ['accepted, it cannot be "not sent" any more', 'NotSent', 'Working', 'same'],
    ['asking for a cancel does not end the doubt', 'CancelAsked', 'Unknown', 'same'],
    ['filled by our count only, and the broker works more', 'WorksMore', 'Filled', 'Working'],
  ])('%s: (%s, %s) -> %s', (_, event, phase, cell) => {
    expect(ORDER_TABLE[event][phase]).toBe(cell);
  });
});

describe('the order table as a whole', () => {
  it('ends an order by nothing but the word of the broker or an execution (F27, F44)', () => {
    expect(leadingTo('Cancelled')).toEqual(['ApiCancelled', 'Cancelled', 'CancelConfirmed']);
    expect(leadingTo('Rejected')).toEqual(['Inactive', 'Refused']);
    expect(leadingTo('Filled')).toEqual(['Filled', 'ExecutedInFull']);
    expect(leadingTo('Absent')).toEqual(['NotSent', 'MissingFromReport']);
  });

  it('leaves an end only toward an end that says more, or where the end was our own count (I8)', () => {
    for (const event of EVENTS) {
      for (const [rank, phase] of ENDS.entries()) {
        const next = phaseAfter(phase, event);
        if (event === 'WorksMore' && phase === 'Filled') expect(next).toBe('Working');
        else expect(ENDS.slice(rank), `${phase} x ${event}`).toContain(next);
      }
    }
  });

  it('takes no event for two: again is the same (I9); only a second missing report says more than one', () => {
    for (const event of EVENTS.filter((event) => event !== 'MissingFromReport')) {
      for (const phase of PHASES) {
        expect(phaseAfter(phase, event, event), `${phase} x ${event}`).toBe(phaseAfter(phase, event));
      }
    }
  });

  it('gives the same end for the words of the broker in any order (I9): each pair commutes, so every order does', () => {
    const words: readonly OrderEvent[] = [...STATUSES, 'ExecutedInPart', 'ExecutedInFull', 'CancelConfirmed'];
    for (const phase of PHASES.filter((phase) => phase !== 'Absent')) {
      for (const a of words) {
        for (const b of words) {
          expect(phaseAfter(phase, a, b), `${phase}: ${a}, ${b}`).toBe(phaseAfter(phase, b, a));
        }
      }
    }
    for (const end of ['Cancelled', 'Inactive'] as const) {
      expect(phaseAfter('Pending', 'Refused', end)).toBe(phaseAfter('Pending', end, 'Refused'));
    }
  });

  it('asks the broker about every order that it puts in doubt', () => {
    for (const event of EVENTS) {
      for (const phase of PHASES) {
        const { order: moved, ask } = advance({ ...order, phase }, event, 1);
        if (moved.phase === 'Unknown' && phase !== 'Unknown') expect([event, ask]).toEqual([event, true]);
      }
    }
  });

  it('keeps a wish to cancel through every doubt: what turns out to work is still to be cancelled', () => {
    const wished = { ...order, phase: 'Unknown' as const, cancelWished: true };
    expect(advance(wished, 'Submitted', 1).order.phase).toBe('Cancelling');
  });

  it('notes when an order ended, once', () => {
    const ended = advance({ ...order, phase: 'Working' }, 'Cancelled', 5).order;
    expect(ended).toMatchObject({ phase: 'Cancelled', endedHostMs: 5 });
    expect(isLive(ended)).toBe(false);
    expect(advance(ended, 'Filled', 9).order).toMatchObject({ phase: 'Filled', endedHostMs: 5 });
  });
});
