/** Exported by `interlock replay`: an order that a bot placed, and what the guards say of it. */
import { expect, it } from 'vitest';
import { judgeAlone } from '../judge/judge';
import { DEFAULT_SETTING } from '../judge/setting';
import type { OrderCase } from '../model/order-case';

const order: OrderCase = {
  key: '14812@2025-12-12T14:53:13Z',
  orderId: 14812,
  ts: 1765551193000,
  symbol: 'ES',
  action: 'BUY',
  side: 'BUY',
  quantity: 1,
  type: 'LMT',
  asked: {
    entryPrice: 6890.5,
    stopPrice: null,
    targetPrice: null,
    protection: 'known',
  },
  signal: {
    ts: 1765551190000,
    action: 'SCALP_BUY',
    confidence: 0.36,
    trend: 'RANGE',
    volatility: 'MEDIUM',
  },
  advice: {
    ts: 1765551191000,
    verdict: 'WAIT',
    confidence: 0.5,
    enforced: false,
  },
  held: {
    quantity: -1,
    ts: 1765551188000,
    by: 'broker',
  },
  market: {
    ts: 1765551185000,
    price: 6890.5,
    by: 'price read',
  },
  lastTradeDate: '20251219',
  intent: {
    kind: 'unknown',
    why: 'Nothing says what it was for: it is judged as an entry.',
  },
  parentId: null,
  children: [],
  status: 'Filled',
  filled: 1,
  averagePrice: 6890.5,
  executions: [
    {
      ts: 1765551200000,
      quantity: 1,
      price: 6890.5,
    },
  ],
  evidence: [
    {
      source: 'bot-2025-12-12.log',
      line: 3,
      text: '2025-12-12 08:53:08 CST | INFO     | mytrader.execution.ib_executor:place_order:1618 - Reconciled position: ES qty=-1 secType=FUT price=6892.75 multiplier=50.0',
    },
    {
      source: 'bot-2025-12-12.log',
      line: 5,
      text: '2025-12-12 08:53:10 CST | INFO     | mytrader.execution.ib_executor:place_order:1618 - 🤖 Hybrid Pipeline: SCALP_BUY (conf=0.36, trend=RANGE, vol=MEDIUM)',
    },
    {
      source: 'bot-2025-12-12.log',
      line: 7,
      text: '2025-12-12 08:53:11 CST | INFO     | mytrader.execution.ib_executor:place_order:1618 - Decision Agent response: WAIT (confidence: 50%)',
    },
    {
      source: 'bot-2025-12-12.log',
      line: 9,
      text: '2025-12-12 08:53:11 CST | INFO     | mytrader.execution.ib_executor:place_order:1618 - AWS WAIT advisory only: allowed to trade',
    },
    {
      source: 'bot-2025-12-12.log',
      line: 11,
      text: '2025-12-12 08:53:12 CST | INFO     | mytrader.execution.ib_executor:place_order:1618 - 🛡️ Protection snapshot | SCALP_BUY entry=6890.50 SL=6890.25 (0.25) TP=6890.75 (0.25) fallback=no',
    },
    {
      source: 'bot-2025-12-12.log',
      line: 15,
      text: "2025-12-12 08:53:13 CST | INFO     | mytrader.execution.ib_executor:place_order:1618 - Trade(contract=Contract(secType='FUT', symbol='ES', lastTradeDateOrContractMonth='20251219'), order=LimitOrder(orderId=14812, clientId=11, action='BUY', totalQuantity=1, lmtPrice=6890.5))",
    },
    {
      source: 'bot-2025-12-12.log',
      line: 13,
      text: '2025-12-12 08:53:13 CST | INFO     | mytrader.execution.ib_executor:place_order:1618 - 📱 Sending Telegram alert: BUY 1 @ 6890.50, SL=None, TP=None',
    },
    {
      source: 'bot-2025-12-12.log',
      line: 17,
      text: '2025-12-12 08:53:20 CST | INFO     | mytrader.execution.ib_executor:place_order:1618 - 📊 Order 14812 status: Filled (filled=1.0, remaining=0.0, avg=6890.50)',
    },
    {
      source: 'bot-2025-12-12.log',
      line: 19,
      text: '2025-12-12 08:53:20 CST | INFO     | mytrader.execution.ib_executor:place_order:1618 - ✅ Execution: Order 14812, qty=1.0, price=6890.50, slippage=$0.00',
    },
  ],
  notes: [],
};

it('BUY 1 ES at 6890.5 (14812) is blocked', () => {
  const { outcome, reasons } = judgeAlone(order, DEFAULT_SETTING);
  expect({ outcome, reasons }).toEqual({
    outcome: 'blocked',
    reasons: ['MISSING_PROTECTION', 'POSITION_OPEN', 'AWS_WAIT'],
  });
});
