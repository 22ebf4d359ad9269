// How an exchange is set up, and what holds when nothing is said: the behaviour that IB documents.
import type { Acknowledgement, RejectionReporting } from './admission';
import type { ChildActivation } from './brackets';
import { PRODUCTS } from './contracts';
import type { ChangeInFlight, PendingCancel } from './desk';
import type { MarketMaker } from './market';
import type { FillReporting } from './reporter';
import type { ProductSymbol } from './words';

export interface ExchangeOptions {
  /** A whole number: all chance in the exchange and its market comes from it. */
  readonly seed: number;
  /** When virtual time begins, epoch ms. */
  readonly startTs: number;
  /** `syntheticMarket(...)` or `tapeMarket(tape, ...)`. */
  readonly market: MarketMaker;
  /**
   * A whole number that sets the permIds and execIds of this run apart from those of another; from seed and start
   * unless said otherwise. A gateway that restarts at the same virtual time gives a new one.
   */
  readonly run?: number;
  readonly account?: string;
  /** $ */
  readonly startingCash?: number;
  /** $ a contract and side, where they differ from ES and NQ 2.25, MES and MNQ 0.62. */
  readonly commissions?: Partial<Record<ProductSymbol, number>>;
  /** How long orders, changes, cancels, and word of a fill in a type 3 OCA group are on their way, ms. */
  readonly latencyMs?: number;
  /** When children work: with each partial fill of their parent, or once it is full. */
  readonly childActivation?: ChildActivation;
  /** May stops without outsideRth trigger in liquid hours only, as IB's on US futures? */
  readonly stopsWaitForLiquidHours?: boolean;
  readonly fillReporting?: FillReporting;
  readonly rejectionReporting?: RejectionReporting;
  readonly acknowledgement?: Acknowledgement;
  /** What becomes of a change that is sent while the order, or a change before it, is still on its way. */
  readonly changeInFlight?: ChangeInFlight;
  /** The precaution of TWS against orders that are too large, contracts; none unless said otherwise. */
  readonly orderSizeMax?: number;
  /** The same for the value of an order, $; none unless said otherwise. */
  readonly orderValueMax?: number;
  /** How often openOrder and orderStatus are said again, as real gateways do one to three times; 0 unless said otherwise. */
  readonly duplicateReports?: number;
  /** When a cancel is confirmed as pending before it is done: only while it is on its way, or always. */
  readonly pendingCancel?: PendingCancel;
  /** How far from the touch a market order may fill before its rest rests, ticks; without end unless said otherwise. */
  readonly marketProtectionTicks?: number;
  /** Trades of each contract that can be asked for later; none unless said otherwise. */
  readonly tradesRemembered?: number;
}

const { ES, MES, NQ, MNQ } = PRODUCTS;

export const STANDARD = {
  account: 'DU1234567',
  startingCash: 100_000,
  latencyMs: 0,
  childActivation: 'onFill',
  stopsWaitForLiquidHours: true,
  fillReporting: 'executionFirst',
  rejectionReporting: 'statusFirst',
  acknowledgement: 'direct',
  changeInFlight: 'queued',
  orderSizeMax: Number.POSITIVE_INFINITY,
  orderValueMax: Number.POSITIVE_INFINITY,
  duplicateReports: 0,
  pendingCancel: 'whileOnItsWay',
  marketProtectionTicks: Number.POSITIVE_INFINITY,
  tradesRemembered: 0,
} as const;

export const STANDARD_COMMISSIONS: Readonly<Record<ProductSymbol, number>> = {
  ES: ES.commission,
  MES: MES.commission,
  NQ: NQ.commission,
  MNQ: MNQ.commission,
};
