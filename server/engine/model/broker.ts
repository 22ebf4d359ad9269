/** What the broker tells us, in our units: ticks, contracts, micro-dollars, ms. */
import type { BrokerOrderStatus, Side } from './order';

export interface BrokerExecution {
  execId: string;
  /** Our reference as the broker echoes it; empty for manual and foreign orders. */
  orderRef: string;
  permId: number;
  orderId: number;
  symbol: string;
  side: Side;
  quantity: number;
  priceTicks: number;
  /** Exchange time, ms. */
  ts: number;
}

export interface BrokerCommission {
  execId: string;
  micros: number;
}

/** Of an order, as the broker shows them; null where its type has none. */
export interface OrderPrices {
  limitTicks: number | null;
  triggerTicks: number | null;
}

export interface BrokerOrder extends OrderPrices {
  orderRef: string;
  permId: number;
  orderId: number;
  clientId: number;
  status: BrokerOrderStatus;
  whyHeld: string;
  filled: number;
  remaining: number;
  symbol: string;
  side: Side;
  quantity: number;
  type: string;
  ocaGroup: string;
}

export interface BrokerPosition {
  symbol: string;
  /** Signed contracts. */
  quantity: number;
  /** Average price in ticks, not necessarily whole (IB folds the commission into its average cost). */
  averageTicks: number;
}

/** The broker's whole account as of one moment: what reconciliation compares with our book. */
export interface BrokerReport {
  requestId: number;
  openOrders: readonly BrokerOrder[];
  completedOrders: readonly BrokerOrder[];
  executions: readonly BrokerExecution[];
  commissions: readonly BrokerCommission[];
  positions: readonly BrokerPosition[];
}

/** Signed contracts. */
export function brokerQuantity(report: BrokerReport, symbol: string): number {
  return report.positions.find((position) => position.symbol === symbol)?.quantity ?? 0;
}
