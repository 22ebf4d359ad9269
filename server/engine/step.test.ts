/** Whole trades, from the signal to the books, through the engine, a scripted broker and an advisor. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BrokerEvent } from './model/event';
import { microsOf } from './model/money';
import { type Desk, holdingDesk, openDesk } from './testing/desk';
import { ticks } from './testing/instruments';

const typesOf = (desk: Desk) => desk.facts.map((fact) => fact.type);

describe('a trade', () => {
  it('from GO to its target: every fact in order, nothing sent but one bracket', () => {
    const desk = openDesk().signal();
    expect(typesOf(desk)).toEqual([
      'CycleOpened',
      'GuardsEvaluated',
      'AdvisorAsked',
      'AdvisorVerdict',
      'GuardsEvaluated',
      'EntryApproved',
      'BracketJournaled',
      'OrderAcknowledged',
      'OrderAcknowledged',
      'OrderAcknowledged',
      'OrderAcknowledged',
    ]);
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5)));
    expect(typesOf(desk)).toEqual([
      'OrderFilled',
      'PositionArming',
      'OrderAcknowledged',
      'OrderAcknowledged',
      'PositionProtected',
      'CommissionCharged',
    ]);
    desk.later(60_000).when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
    expect(typesOf(desk)).toEqual(['OrderFilled', 'OrderCancelled', 'CommissionCharged', 'CycleClosed']);
    expect(desk.of('CycleClosed')).toMatchObject([
      { outcome: 'target', realizedMicros: microsOf(370.5), commissionMicros: microsOf(4.5) },
    ]);
    const received = desk.broker.received.map((command) => command.type);
    expect(received.filter((type) => type !== 'RequestReport')).toEqual(['PlaceBracket']);
    expect(desk.broker.working()).toEqual([]);
    const ids = desk.journal.flatMap((entry) =>
      entry.facts.flatMap((fact) => ('cycleId' in fact ? [fact.cycleId] : [])),
    );
    expect(new Set(ids)).toEqual(new Set([desk.cycle.cycleId]));
  });

  it('to its stop, triggered by IB, counts as a loss and starts the cooldown', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.trigger(desk.ref('stop'), ticks(6885.25)));
    expect(desk.cycle).toMatchObject({ outcome: 'stop', realizedMicros: microsOf(-262.5 - 4.5) });
    expect(desk.sent).toEqual([]);
    desk
      .market('ES', 6885.25)
      .signal({ signalId: 's-2', entryPrice: 6885.25, stopPrice: 6880, targetPrice: 6890 });
    expect(desk.of('EntryDenied')).toMatchObject([{ reasons: ['COOLDOWN'] }]);
  });

  it('that the broker tells with Filled before the execution ends the same (golden order of a modified market order)', () => {
    const desk = holdingDesk();
    const events = desk.broker.fill(desk.ref('target'), ticks(6898));
    const late = events.filter((event) => event.type !== 'ExecutionReported');
    const execution = events.find((event) => event.type === 'ExecutionReported');
    desk.broker.losesReports = true;
    desk.when(...late);
    expect(desk.cycle.phase).toBe('open');
    if (execution) desk.when(execution);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'target', realizedMicros: microsOf(370.5) });
    expect(desk.sent).toEqual([]);
  });

  it('of both futures at once keeps two books', () => {
    const desk = holdingDesk();
    desk.signal({
      signalId: 's-2',
      symbol: 'MES',
      action: 'SELL',
      quantity: 3,
      stopPrice: 6895.5,
      targetPrice: 6883,
    });
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5)));
    expect(desk.state.positions).toMatchObject({ ES: { quantity: 1 }, MES: { quantity: -3 } });
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6883)));
    expect(desk.state.positions).toMatchObject({ ES: { quantity: 1 }, MES: { quantity: 0 } });
    expect(desk.cycle.realizedMicros).toBe(microsOf(7.5 * 5 * 3 - 0.62 * 6));
  });

  it('that nobody ends is flattened: the stop never leaves before the exit is there', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.operator({ kind: 'Flatten', scope: '*', reason: 'weekend' });
    expect(desk.sent.map((command) => command.type)).toEqual(['PlaceOrder']);
    expect(desk.of('FlattenEnded')).toMatchObject([{ flat: true }]);
    expect(desk.cycle.outcome).toBe('flattened');
  });
});

describe('five losses in a row', () => {
  it('stop the next entry', () => {
    const desk = openDesk();
    desk.when({
      type: 'LimitsChanged',
      limits: { cooldownMs: 0, maxDailyLossMicros: microsOf(9_000) },
      by: 'ana',
      why: 'test',
    });
    for (let n = 1; n <= 5; n += 1) {
      desk
        .later(61_000)
        .market('ES', 6890.5)
        .signal({ signalId: `s-${n}` });
      desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5)));
      desk.when(...desk.broker.fill(desk.ref('stop'), ticks(6885.5)));
    }
    desk.later(61_000).market('ES', 6890.5).signal({ signalId: 's-6' });
    expect(desk.of('EntryDenied')).toMatchObject([{ reasons: ['ENTRIES_HALTED', 'MAX_CONSECUTIVE_LOSSES'] }]);
  });
});

describe('the callbacks of a trade, in any order and any of them twice (F28 to F31)', () => {
  /** A bracket of 2 on its way, and all that the broker will say until both contracts are out. */
  function told(closer: 'target' | 'stop'): { desk: Desk; events: readonly BrokerEvent[] } {
    const desk = openDesk();
    desk.wired = false;
    desk.signal({ quantity: 2 });
    const bracket = desk.sent.find((command) => command.type === 'PlaceBracket');
    if (bracket?.type !== 'PlaceBracket') throw new Error('No bracket was sent.');
    const { broker } = desk;
    const [entry, exit] = [bracket.entry.ref, bracket[closer].ref];
    const price = closer === 'target' ? 6898 : 6885.5;
    const events = [
      ...broker.answer(bracket),
      ...broker.fill(entry, ticks(6890.5), 1),
      ...broker.fill(entry, ticks(6890.25), 1),
      ...broker.fill(exit, ticks(price), 1),
      ...broker.fill(exit, ticks(price - 0.25), 1),
    ];
    return { desk, events };
  }

  function ends(desk: Desk) {
    const { phase, outcome, realizedMicros, commissionMicros, entryQuantity, exitQuantity } = desk.cycle;
    const { quantity, realizedTicks: gross, lots } = desk.state.positions.ES ?? {};
    const { realizedMicros: net, commissionMicros: fees, won, lost } = desk.state.day;
    return {
      cycle: { phase, outcome, realizedMicros, commissionMicros, entryQuantity, exitQuantity },
      position: { quantity, gross, lots },
      day: { net, fees, won, lost },
      orders: Object.values(desk.state.orders).map((order) => [order.spec.role, order.phase]),
    };
  }

  it.each(['target', 'stop'] as const)('end in the same position, result and outcome: %s', (closer) => {
    const reference = told(closer);
    reference.desk.when(...reference.events).later(3_000);
    const expected = ends(reference.desk);
    expect(expected.cycle).toMatchObject({ phase: 'closed', outcome: closer });
    const count = reference.events.length;
    const indices = Array.from({ length: count }, (_, index) => index);
    const order = fc
      .array(fc.nat({ max: count - 1 }), { maxLength: 6 })
      .chain((twice) => fc.shuffledSubarray([...indices, ...twice], { minLength: count + twice.length }));
    fc.assert(
      fc.property(order, (sequence) => {
        const { desk, events } = told(closer);
        const sent: string[] = [];
        for (const index of sequence) {
          const event = events[index];
          if (event) desk.when(event);
          sent.push(...desk.sent.map((command) => command.type));
        }
        desk.later(3_000);
        expect(ends(desk)).toEqual(expected);
        expect(Object.keys(desk.state.cycles)).toHaveLength(1);
        expect(
          [...sent, ...desk.sent.map((command) => command.type)].filter((type) => type !== 'ModifyOrder'),
        ).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
