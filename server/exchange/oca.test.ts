// One-cancels-all groups as ib-protocol 3.4 describes them.
import { describe, expect, it } from 'vitest';
import { Bench } from './testing/bench';

const GROUP = { ocaGroup: 'cycle-1', ocaType: 1 } as const;

function inPosition(options: { quantity?: number; ocaType?: 1 | 2 | 3; latencyMs?: number } = {}): Bench {
  const { quantity = 1, ocaType = 1, latencyMs = 0 } = options;
  const bench = new Bench({ startingCash: 1_000_000, latencyMs });
  bench.trade(6850);
  bench.bracket({ quantity, entry: 'market', ocaGroup: 'cycle-1', ocaType });
  bench.trade(6850);
  return bench;
}

describe('an OCA group of type 1', () => {
  it('cancels the others when one fills', () => {
    const bench = inPosition();
    expect(bench.trade(6844.75).slice(-3)).toEqual([
      'position ESZ5 0',
      'orderStatus 2 Cancelled 0/1',
      'error 2 202',
    ]);
  });

  it('cancels the others on a partial fill too', () => {
    const bench = inPosition({ quantity: 3 });
    expect(bench.trade(6855, { size: 1 })).toEqual([
      'execDetails 2 SLD 1 @6855',
      'orderStatus 2 Submitted 1/2',
      'commissionReport 2 2.25 pnl 233',
      'position ESZ5 2',
      'orderStatus 3 Cancelled 0/3',
      'error 3 202',
    ]);
  });

  it('takes in an exit that joins later: its fill cancels stop and target', () => {
    const bench = inPosition();
    const said = bench.place({ orderId: 4, action: 'SELL', orderType: 'MKT', ...GROUP });
    expect(said.slice(5)).toEqual([
      'position ESZ5 0',
      'orderStatus 2 Cancelled 0/1',
      'error 2 202',
      'orderStatus 3 Cancelled 0/1',
      'error 3 202',
    ]);
  });

  it('rejects an exit that comes too late, so that it cannot open a position the other way', () => {
    const bench = inPosition();
    bench.trade(6844);
    expect(bench.place({ orderId: 4, action: 'SELL', orderType: 'MKT', ...GROUP })).toEqual([
      'openOrder 4 Inactive x1',
      'orderStatus 4 Inactive 0/1',
      'error 4 201',
    ]);
    expect(bench.position()).toBe(0);
  });
});

describe.each([2, 3] as const)('an OCA group of type %i', (ocaType) => {
  it('reduces the others by what one fills, and cancels them when nothing is left', () => {
    const bench = inPosition({ quantity: 3, ocaType });
    expect(bench.trade(6855, { size: 2 }).slice(4)).toEqual([
      'openOrder 3 PreSubmitted x1',
      'orderStatus 3 PreSubmitted 0/1 trigger',
    ]);
    expect(bench.trade(6844)).toEqual([
      'openOrder 3 Submitted x1',
      'orderStatus 3 Submitted 0/1',
      'execDetails 3 SLD 1 @6844',
      'orderStatus 3 Filled 1/0',
      'commissionReport 3 2.25 pnl -317',
      'position ESZ5 0',
      'orderStatus 2 Cancelled 2/1',
      'error 2 202',
    ]);
  });
});

describe('the latency of an OCA group', () => {
  it('lets a type 3 group overfill: word of the fill comes too late', () => {
    const bench = inPosition({ ocaType: 3, latencyMs: 1_500 });
    bench.trade(6850);
    bench.trade(6855);
    bench.trade(6844);
    expect(bench.position()).toBe(-1);
  });

  it('never lets a type 1 group overfill', () => {
    const bench = inPosition({ ocaType: 1, latencyMs: 1_500 });
    bench.trade(6850);
    bench.trade(6855);
    bench.trade(6844);
    expect(bench.position()).toBe(0);
  });
});
