/** The translators, alone: IB's words in, ours out, and what they refuse. */

import { OrderAction, OrderStatus, OrderType, SecType } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import type { Instrument } from '../../../engine/model/instrument';
import { spec } from '../testing/listener';
import { executionOf, orderOf, positionOf } from './answers';
import { advance, barOf } from './bar';
import { isWarning } from './codes';
import { instrumentOf } from './instrument';
import { ticketOf } from './order';
import { EMPTY_TOUCH, withPrice, withSize } from './quote';
import { sessionsOf } from './sessions';
import { endOfExchangeDay, epochTs, executionTs } from './time';

const NOW = Date.parse('2025-12-12T14:45:00Z');
const DAY_MS = 86_400_000;

const es: Instrument = {
  symbol: 'ES',
  localSymbol: 'ESH6',
  conId: 649180695,
  exchange: 'CME',
  currency: 'USD',
  tickSize: 0.25,
  multiplier: 50,
  lastTradeTs: NOW + 98 * DAY_MS,
  sessions: [],
};

describe('times', () => {
  it.each([
    ['20251122 12:00:01 US/Central', '2025-11-22T18:00:01Z'],
    ['20250701 12:00:01 US/Central', '2025-07-01T17:00:01Z'],
    ['20251122  12:00:01', '2025-11-22T18:00:01Z'],
    ['20260610-19:58:22', '2026-06-10T19:58:22Z'],
    ['20251122 12:00:01 America/Los_Angeles', '2025-11-22T20:00:01Z'],
  ])('of an execution, %s', (text, iso) => {
    expect(executionTs(text)).toBe(Date.parse(iso));
  });

  it.each(['', '20251122 12:00:01 British Summer Time', '20251322 12:00:01', '12:00:01', '1763834401'])(
    'that say nothing certain are null: "%s"',
    (text) => {
      expect(executionTs(text)).toBeNull();
    },
  );

  it('of a last trade day end with that day in Chicago, whatever follows the date', () => {
    expect(endOfExchangeDay('20251219 08:30 US/Central')).toBe(Date.parse('2025-12-20T05:59:59.999Z'));
    expect(endOfExchangeDay('20260619')).toBe(Date.parse('2026-06-20T04:59:59.999Z'));
    expect(endOfExchangeDay('202512')).toBeNull();
  });

  it('of a bar are epoch seconds and nothing else', () => {
    expect(epochTs('1765550700')).toBe(1_765_550_700_000);
    expect(epochTs('20251212')).toBeNull();
    expect(epochTs('20251212 08:45:00')).toBeNull();
  });
});

describe('trading hours', () => {
  it('become intervals of exchange time, closed days left out, through the end of summer time', () => {
    expect(
      sessionsOf('20251102:1700-20251103:1600;20251031:1700-20251101:1600;20251104:CLOSED', 'US/Central'),
    ).toEqual([
      { openTs: Date.parse('2025-10-31T22:00:00Z'), closeTs: Date.parse('2025-11-01T21:00:00Z') },
      { openTs: Date.parse('2025-11-02T23:00:00Z'), closeTs: Date.parse('2025-11-03T22:00:00Z') },
    ]);
  });

  it('may leave out the second date', () => {
    expect(sessionsOf('20251124:0830-1515', 'US/Central')).toEqual([
      { openTs: Date.parse('2025-11-24T14:30:00Z'), closeTs: Date.parse('2025-11-24T21:15:00Z') },
    ]);
  });

  it('that cannot be read are hours in which the venue is closed', () => {
    expect(sessionsOf('', 'US/Central')).toEqual([]);
    expect(sessionsOf('20251124:1600-0830;nonsense;20251399:0830-1515', 'US/Central')).toEqual([]);
    expect(sessionsOf('20251124:0830-1515', 'Nowhere/Town')).toEqual([]);
  });
});

describe('contract details', () => {
  const details = {
    contract: {
      conId: es.conId,
      symbol: 'ES',
      secType: SecType.FUT,
      localSymbol: 'ESH6',
      exchange: 'CME',
      currency: 'USD',
      multiplier: 50,
      lastTradeDateOrContractMonth: '20260320 08:30 US/Central',
    },
    minTick: 0.25,
    timeZoneId: 'US/Central',
    tradingHours: '20251211:1700-20251212:1600',
  };

  it('become an instrument', () => {
    expect(instrumentOf(details)).toEqual({
      ...es,
      lastTradeTs: Date.parse('2026-03-21T04:59:59.999Z'),
      sessions: [{ openTs: Date.parse('2025-12-11T23:00:00Z'), closeTs: Date.parse('2025-12-12T22:00:00Z') }],
    });
  });

  it.each([
    ['no tick', { ...details, minTick: 0 }],
    ['no multiplier', { ...details, contract: { ...details.contract, multiplier: 0 } }],
    ['no last day', { ...details, contract: { ...details.contract, lastTradeDateOrContractMonth: '' } }],
    ['no id', { ...details, contract: { ...details.contract, conId: 0 } }],
  ])('with %s are no instrument', (_, broken) => {
    expect(instrumentOf(broken)).toBeNull();
  });
});

describe('an order', () => {
  it('carries trigger and limit of a stop limit on the grid, and says everything IB would otherwise decide', () => {
    const emergency = spec('emergency', {
      side: 'SELL',
      type: 'STP LMT',
      triggerTicks: 23_999,
      limitTicks: 23_991,
    });
    expect(ticketOf(emergency, 7, { account: 'DU1', tickSize: 0.25 }).order).toEqual({
      action: OrderAction.SELL,
      totalQuantity: 1,
      orderType: OrderType.STP_LMT,
      auxPrice: 5999.75,
      lmtPrice: 5997.75,
      tif: 'DAY',
      account: 'DU1',
      orderRef: 'c-test-1:emergency',
      outsideRth: true,
      parentId: 0,
      transmit: true,
    });
  });

  it('shown by the broker keeps its limit and trigger only where its type has them', () => {
    const shown = (orderType: OrderType) =>
      orderOf(
        {
          orderId: 5,
          order: {
            orderType,
            action: OrderAction.BUY,
            totalQuantity: 3,
            lmtPrice: 6000,
            auxPrice: 5990,
            permId: 9,
          },
          state: { status: OrderStatus.Submitted },
          progress: { filled: 1, remaining: 2, whyHeld: '' },
        },
        es,
      );
    expect(shown(OrderType.LMT)).toMatchObject({
      limitTicks: 24_000,
      triggerTicks: null,
      filled: 1,
      remaining: 2,
    });
    expect(shown(OrderType.STP)).toMatchObject({ limitTicks: null, triggerTicks: 23_960 });
    expect(shown(OrderType.STP_LMT)).toMatchObject({ limitTicks: 24_000, triggerTicks: 23_960 });
    expect(shown(OrderType.TRAIL)).toMatchObject({
      limitTicks: null,
      triggerTicks: null,
      orderRef: '',
      clientId: 0,
    });
  });

  it('with a status that IB does not have is not read', () => {
    const order = { orderType: OrderType.MKT, action: OrderAction.BUY, totalQuantity: 1 };
    const state = { status: OrderStatus.Unknown };
    expect(orderOf({ orderId: 1, order, state, progress: null }, es)).toBeNull();
  });
});

describe('an execution', () => {
  const told = {
    execId: 'e1',
    side: 'SLD',
    shares: 2,
    price: 6000.25,
    time: 'who knows',
    permId: 9,
    orderId: 4,
  };

  it('with an unreadable time is still counted, as of now', () => {
    expect(executionOf(told, es, NOW)).toEqual({
      execId: 'e1',
      orderRef: '',
      permId: 9,
      orderId: 4,
      symbol: 'ES',
      side: 'SELL',
      quantity: 2,
      priceTicks: 24_001,
      ts: NOW,
    });
  });

  it.each([{ shares: -1 }, { shares: 1.5 }, { side: 'XXX' }, { execId: '' }, { price: Number.NaN }])(
    'that makes no sense is refused: %o',
    (wrong) => {
      expect(executionOf({ ...told, ...wrong }, es, NOW)).toBeNull();
    },
  );
});

describe('a position', () => {
  it('has its average in ticks, the commission that IB folds in included', () => {
    expect(positionOf(-1, 315_114.75, es)).toEqual({ symbol: 'ES', quantity: -1, averageTicks: 25_209.18 });
  });
});

describe('bars', () => {
  const bar = { time: '1765550700', open: 6000, high: 6001, low: 5999.75, close: 6000.5, volume: 10 };

  it('off the grid, or at an unreadable time, are not read', () => {
    expect(barOf(bar, es)?.lowTicks).toBe(23_999);
    expect(barOf({ ...bar, close: 6000.3 }, es)).toBeNull();
    expect(barOf({ ...bar, low: -1 }, es)).toBeNull();
    expect(barOf({ ...bar, time: 'finished-a-b' }, es)).toBeNull();
  });

  it('are closed once, by a later one; an older one changes nothing', () => {
    const at = (ts: number, closeTicks: number) => ({
      ts,
      openTicks: 1,
      highTicks: 9,
      lowTicks: 1,
      closeTicks,
      volume: 1,
    });
    const first = advance({ forming: null }, at(60_000, 2));
    const second = advance(first.series, at(60_000, 3));
    const late = advance(second.series, at(0, 8));
    const third = advance(late.series, at(180_000, 4));
    expect([first, second, late].map((step) => step.closed)).toEqual([null, null, null]);
    expect(third.closed).toEqual(at(60_000, 3));
  });
});

describe('ticks', () => {
  it('off the grid are no price, and sizes that are no number are nothing', () => {
    expect(withPrice(EMPTY_TOUCH, 1, 6000.1, 0.25)).toEqual(EMPTY_TOUCH);
    expect(withPrice(EMPTY_TOUCH, 2, 0, 0.25)).toEqual(EMPTY_TOUCH);
    expect(withSize({ ...EMPTY_TOUCH, bidSize: 4 }, 0, Number.NaN)).toEqual(EMPTY_TOUCH);
  });
});

describe('codes', () => {
  it('that only warn leave the order alive; a refused change is not a warning', () => {
    expect([399, 2109, 2137, 10349].map(isWarning)).toEqual([true, true, true, true]);
    expect([103, 110, 135, 201, 202, 2102, 10147, 10148].map(isWarning)).toEqual(Array(8).fill(false));
  });
});
