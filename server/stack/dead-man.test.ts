import { describe, expect, it } from 'vitest';
import { DeadMan } from './dead-man';

const SILENT = {
  silent: true,
  text: 'The worker is SILENT: no sign of life for 10 s. Nothing is decided and nothing is sent; stops that rest at the broker stay. Look in TWS.',
};

function heardAt(...times: readonly number[]): DeadMan {
  const deadMan = new DeadMan('The worker');
  for (const ms of times) expect(deadMan.hears(ms)).toBeNull();
  return deadMan;
}

describe('a process that gives signs of life', () => {
  it('is told of after ten seconds without one, once', () => {
    const deadMan = heardAt(0, 1_000, 2_000);
    expect(deadMan.looks(11_999)).toBeNull();
    expect(deadMan.looks(12_000)).toEqual(SILENT);
    expect(deadMan.looks(60_000)).toBeNull();
  });

  it('is told of when it is back, and anew the next time', () => {
    const deadMan = heardAt(0);
    deadMan.looks(10_000);
    expect(deadMan.hears(34_400)).toEqual({
      silent: false,
      text: 'The worker is back after 34 s of silence.',
    });
    expect(deadMan.looks(44_399)).toBeNull();
    expect(deadMan.looks(44_400)).toEqual(SILENT);
  });

  it('is not missed before its first one', () => {
    expect(heardAt().looks(1e9)).toBeNull();
  });
});
