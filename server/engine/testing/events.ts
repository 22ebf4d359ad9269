/** Builders of what arrives: each names what a test is about and fills in the rest. */
import type { AdvisorAnswer } from '../model/advisory';
import type { BrokerExecution, BrokerOrder, BrokerReport } from '../model/broker';
import type { EngineEvent } from '../model/event';
import type { OrderRef, ProposalId } from '../model/ids';
import type { OperatorAction } from '../model/operator';
import type { BrokerOrderStatus } from '../model/order';
import type { Signal } from '../model/signal';
import { T0, ticks } from './instruments';

export const ACCOUNT = 'DU1234567';

type Of<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>;

export function started(replayedEntries = 0): Of<'WorkerStarted'> {
  return { type: 'WorkerStarted', version: '0.1.0', replayedEntries };
}

export function connected(): Of<'BrokerConnected'> {
  return { type: 'BrokerConnected', account: ACCOUNT, clientId: 7, serverVersion: 178, paper: true };
}

export function disconnected(why = 'The gateway closed the connection.'): Of<'BrokerDisconnected'> {
  return { type: 'BrokerDisconnected', why };
}

export function reported(requestId: number, rest: Partial<BrokerReport> = {}): Of<'BrokerReported'> {
  const empty = { openOrders: [], completedOrders: [], executions: [], commissions: [], positions: [] };
  return { type: 'BrokerReported', report: { requestId, ...empty, ...rest } };
}

export function brokerOrder(orderRef: string, rest: Partial<BrokerOrder> = {}): BrokerOrder {
  return {
    orderRef,
    permId: 9_001,
    orderId: 91,
    clientId: 7,
    status: 'Submitted',
    whyHeld: '',
    filled: 0,
    remaining: 1,
    symbol: 'ES',
    side: 'BUY',
    quantity: 1,
    type: 'LMT',
    limitTicks: null,
    triggerTicks: null,
    ocaGroup: '',
    ...rest,
  };
}

/** A price that trades, with a touch one tick wide around it. */
export function quote(symbol: string, price: number): Of<'QuoteReceived'> {
  const last = ticks(price);
  return {
    type: 'QuoteReceived',
    quote: { symbol, bidTicks: last - 1, askTicks: last, lastTicks: last, bidSize: 20, askSize: 20 },
  };
}

/** BUY 1 ES at 6890.50, stop 6885.50 (20 ticks, $250), target 6898.00: every guard passes. */
export function signal(rest: Partial<Signal> = {}): Of<'SignalReceived'> {
  return {
    type: 'SignalReceived',
    signal: {
      signalId: 's-1',
      source: 'file',
      strategy: 'breakout',
      symbol: 'ES',
      action: 'BUY',
      quantity: 1,
      orderType: 'LMT',
      entryPrice: 6890.5,
      stopPrice: 6885.5,
      targetPrice: 6898,
      confidence: 0.6,
      createdTs: T0,
      ...rest,
    },
  };
}

export function answer(verdict: 'GO' | 'WAIT'): AdvisorAnswer {
  return {
    verdict,
    confidence: 0.7,
    words: verdict === 'GO' ? 'The trend agrees.' : 'The trend is against it.',
    trend: 'UPTREND',
    volatility: 'LOW',
    advisor: 'rules',
    latencyMs: 3,
  };
}

export function advised(proposalId: string, verdict: 'GO' | 'WAIT'): Of<'AdvisorAnswered'> {
  return { type: 'AdvisorAnswered', proposalId: proposalId as ProposalId, answer: answer(verdict) };
}

export function adviceFailed(proposalId: string): Of<'AdvisorFailed'> {
  return {
    type: 'AdvisorFailed',
    proposalId: proposalId as ProposalId,
    advisor: 'rules',
    why: 'The advisor is down.',
  };
}

export function commanded(
  action: OperatorAction,
  commandId = `command-${action.kind}`,
): Of<'OperatorCommanded'> {
  return { type: 'OperatorCommanded', command: { commandId, operator: 'ana', via: 'console', action } };
}

export function status(
  orderRef: string,
  word: BrokerOrderStatus,
  rest: Partial<Of<'OrderStatusReported'>> = {},
): Of<'OrderStatusReported'> {
  return {
    type: 'OrderStatusReported',
    orderRef,
    permId: 0,
    orderId: 91,
    status: word,
    filled: 0,
    remaining: 1,
    whyHeld: '',
    ...rest,
  };
}

export function failed(orderRef: string, code: number, text = `Error ${code}`): Of<'OrderErrorReported'> {
  return { type: 'OrderErrorReported', orderRef, orderId: 91, code, text };
}

export function notSent(orderRef: string): Of<'OrderNotSent'> {
  return { type: 'OrderNotSent', orderRef: orderRef as OrderRef, why: 'The gateway is not connected.' };
}

export function executed(execution: Partial<BrokerExecution>): Of<'ExecutionReported'> {
  return {
    type: 'ExecutionReported',
    execution: {
      execId: '0000e0d5.00000001.01.01',
      orderRef: '',
      permId: 0,
      orderId: 91,
      symbol: 'ES',
      side: 'BUY',
      quantity: 1,
      priceTicks: ticks(6890.5),
      ts: T0,
      ...execution,
    },
  };
}

export function charged(execId: string, micros: number): Of<'CommissionReported'> {
  return { type: 'CommissionReported', commission: { execId, micros } };
}

export const TICK: Of<'ClockTicked'> = { type: 'ClockTicked' };
