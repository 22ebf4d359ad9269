/** A strategy's wish, parsed at the edge. Prices are still decimals: only the engine knows the instrument's grid. */

export type SignalAction = 'BUY' | 'SELL' | 'EXIT';

export interface Signal {
  /** The sender's own id: idempotent for ever. */
  signalId: string;
  /** Where it came in: `http:<key name>`, `file`, `demo`. */
  source: string;
  strategy: string;
  symbol: string;
  action: SignalAction;
  /** Contracts, a whole positive number. */
  quantity: number;
  orderType: 'LMT' | 'MKT';
  /** Limit price of a LMT entry; null for MKT, whose reference is the touch. */
  entryPrice: number | null;
  stopPrice: number | null;
  targetPrice: number | null;
  /** The strategy's own confidence, 0..1. */
  confidence: number | null;
  /** When the strategy made it (exchange time, ms). */
  createdTs: number;
}
