import { describe, expect, it } from 'vitest';
import type { Alert } from '../../engine/model/command';
import { blindIsTold } from './sight';
import { Stand, timed } from './testing/stand';

const BLIND: Alert = {
  type: 'SendAlert',
  severity: 'critical',
  text: 'BLIND: 1 ES held. No price for 15 s.',
};

/** One ES, held and known, and a price of it now. */
function holding(): Stand {
  return priced(new Stand(timed(blindIsTold)).holds().fills('c-1-a:entry', 'BOT'));
}

function priced(stand: Stand): Stand {
  stand.gateway.news.quotedTs.set('ES', stand.schedule.now);
  return stand.looks();
}

describe('L6', () => {
  it('sees a position without a price for sixteen seconds of which nobody is told', () => {
    expect(holding().later(16_000).violations).toEqual([]);
    expect(holding().later(16_250).violations).toEqual([
      'L6: ES is held without a price for 16250 ms, and nobody is told.',
    ]);
  });

  it('is content when a person was told, and asks anew after the next price', () => {
    const told = holding().later(15_000).tells(BLIND);
    expect(told.later(60_000).violations).toEqual([]);
    expect(priced(told).later(16_250).violations).toHaveLength(1);
  });

  it('sees a person told so long before, by price or by reconnect', () => {
    const early = /^L6: A person is told of a blindness of (8|9)\d{3} ms/;
    expect(holding().later(9_000).tells(BLIND).violations[0]).toMatch(early);
    const cut = holding().later(9_000);
    cut.gateway.reachable = false;
    expect(cut.later(30_000).tells(BLIND).violations[0]).toMatch(early);
    expect(holding().later(14_500).tells(BLIND).violations).toEqual([]);
  });

  it('gives it longer after a jump of the clock, and takes nothing from how long it was blind before (seed 1488696704)', () => {
    const jumped = holding().later(10_000);
    jumped.count('clockJump');
    expect(jumped.later(5_000).tells(BLIND).violations).toEqual([]);
    const untold = holding().later(10_000);
    untold.count('clockJump');
    expect(untold.later(16_250).violations).toEqual([]);
    expect(untold.later(250).violations).toHaveLength(1);
  });

  it('gives it longer after a nap that may have been a stall to the worker, and not after a shorter one (seed 1504555599)', () => {
    const napped = (ms: number) => {
      const stand = holding().later(10_000);
      stand.process.awake = false;
      stand.later(ms);
      stand.process.awake = true;
      return stand.later(10_000).violations;
    };
    expect(napped(1_750)).toEqual([]);
    expect(napped(1_500)).not.toEqual([]);
  });

  it('counts from a reconnect, from the open, and only what is held', () => {
    const cut = holding().later(15_000);
    cut.gateway.reachable = false;
    cut.later(3_000);
    cut.gateway.reachable = true;
    expect(cut.later(16_000).violations).toEqual([]);
    expect(cut.later(500).violations).not.toEqual([]);
    const flat = holding().fills('c-1-a:stop', 'SLD');
    expect(flat.later(60_000).violations).toEqual([]);
    const closed = holding();
    closed.schedule.now = Date.UTC(2025, 11, 13, 12);
    expect(closed.later(60_000).violations).toEqual([]);
  });
});
