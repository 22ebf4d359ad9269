import { describe, expect, it } from 'vitest';
import type { Command } from '../../engine/model/command';
import type { Fact } from '../../engine/model/fact';
import type { OrderSpec } from '../../engine/model/order';
import { status } from '../../engine/testing/events';
import { nothingUnsettledIsSold } from './settled';
import { Stand } from './testing/stand';

const exit = (cycleId: string): Command => ({
  type: 'PlaceOrder',
  order: { role: 'exit', ref: `${cycleId}:exit`, cycleId } as OrderSpec,
});
const filled = (quantity: number) => ({ type: 'OrderFilled', ref: 'c-1-a:stop', quantity }) as Fact;

/** The status of a stop tells of two contracts, of which one is counted. */
const unsettled = () =>
  new Stand(nothingUnsettledIsSold())
    .steps(status('c-1-a:stop', 'Submitted', { filled: 2 }))
    .steps({ type: 'ClockTicked' }, { facts: [filled(1)] });

const sent = (stand: Stand, cycleId = 'c-1-a') =>
  stand.steps({ type: 'ClockTicked' }, { commands: [exit(cycleId)] }).violations;

describe('I8', () => {
  it('sees an exit that is decided while a status knows of more fills than were counted', () => {
    expect(sent(unsettled())).toEqual([
      'I8: c-1-a:exit is decided while 2 of c-1-a:stop are told as filled and 1 are counted.',
    ]);
  });

  it('lets it go once they are, and that of another cycle', () => {
    expect(sent(unsettled().steps({ type: 'ClockTicked' }, { facts: [filled(1)] }))).toEqual([]);
    expect(sent(unsettled(), 'c-2-b')).toEqual([]);
  });

  it('lets an emergency stop go for what is held by both words, and for no more (seed 1504796250)', () => {
    const entered = () =>
      new Stand(nothingUnsettledIsSold())
        .steps(status('c-1-a:entry', 'Filled', { filled: 4 }))
        .steps({ type: 'ClockTicked' }, { facts: [{ ...filled(3), ref: 'c-1-a:entry' } as Fact] });
    const stop = (quantity: number): Command => ({
      type: 'PlaceOrder',
      order: { role: 'emergency', ref: 'c-1-a:emergency', cycleId: 'c-1-a', quantity } as OrderSpec,
    });
    const placed = (quantity: number) =>
      entered().steps({ type: 'ClockTicked' }, { commands: [stop(quantity)] }).violations;
    expect(placed(3)).toEqual([]);
    expect(placed(4)).toHaveLength(1);
  });

  it('lets it go once the broker’s position has decided about fills that never came (seed 16384)', () => {
    const text = '1 contract(s) that the broker reported filled never came as executions.';
    const anomaly = { type: 'OrderAnomaly', ref: 'c-1-a:stop', text } as Fact;
    expect(sent(unsettled().steps({ type: 'ClockTicked' }, { facts: [anomaly] }))).toEqual([]);
  });
});
