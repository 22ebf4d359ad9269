// IB's words, as the exchange takes and gives them. Prices are in points and money in $ here, at the boundary;
// inside the model they are whole ticks and whole micro-dollars. Every `ts` is epoch milliseconds, virtual time.

export type ProductSymbol = 'ES' | 'MES' | 'NQ' | 'MNQ';
export type Action = 'BUY' | 'SELL';
export type OrderType = 'MKT' | 'LMT' | 'STP' | 'STP LMT' | 'TRAIL';
export type TimeInForce = 'DAY' | 'GTC' | 'IOC' | 'FOK';
/** 1: a fill cancels the others. 2 and 3: a fill reduces the others by the quantity filled. */
export type OcaType = 1 | 2 | 3;
/** What triggers a stop: 0 and 2 the last price, 1 bid or ask twice, 3 last twice, 4 bid or ask, 7 last or one of them, 8 the middle. */
export type TriggerMethod = 0 | 1 | 2 | 3 | 4 | 7 | 8;
export type WhyHeld = '' | 'child' | 'trigger' | 'child,trigger';
export type OrderStatusWord =
  | 'ApiCancelled'
  | 'PendingSubmit'
  | 'PreSubmitted'
  | 'Submitted'
  | 'PendingCancel'
  | 'Cancelled'
  | 'Filled'
  | 'Inactive';

/** One listed future. `lastTradeDate` is `YYYYMMDD`; `minTick` is in points; `multiplier` is $ a point. */
export interface Contract {
  readonly conId: number;
  readonly symbol: ProductSymbol;
  readonly secType: 'FUT';
  readonly lastTradeDate: string;
  readonly contractMonth: string;
  readonly multiplier: number;
  readonly exchange: 'CME';
  readonly currency: 'USD';
  readonly localSymbol: string;
  readonly tradingClass: string;
  readonly minTick: number;
}

/** What reqContractDetails says beyond the contract. Hours are in IB's own format, in `timeZoneId`. */
export interface ContractDetails {
  readonly contract: Contract;
  readonly marketName: string;
  readonly longName: string;
  readonly underConId: number;
  readonly lastTradeTime: string;
  readonly timeZoneId: 'US/Central';
  readonly tradingHours: string;
  readonly liquidHours: string;
  readonly orderTypes: string;
  readonly validExchanges: string;
  readonly marketRuleId: number;
}

/** A contract as a client describes it: what is left out (or empty, or conId 0) matches anything. */
export interface ContractQuery {
  readonly conId?: number;
  readonly symbol?: string;
  readonly secType?: string;
  /** `YYYYMM` or `YYYYMMDD`. */
  readonly lastTradeDateOrContractMonth?: string;
  readonly multiplier?: string;
  readonly exchange?: string;
  readonly currency?: string;
  readonly localSymbol?: string;
  readonly tradingClass?: string;
}

/** An order as sent. The same `orderId` again is a modification (ib-protocol 3.5). */
export interface OrderRequest {
  readonly clientId: number;
  readonly orderId: number;
  readonly contract: ContractQuery;
  readonly action: Action;
  readonly totalQuantity: number;
  readonly orderType: OrderType;
  /** The limit, in points: LMT and STP LMT. */
  readonly lmtPrice?: number | undefined;
  /** In points. STP and STP LMT: the trigger. TRAIL: how far it trails behind the best price. */
  readonly auxPrice?: number | undefined;
  /** TRAIL: the trigger to begin with, in points; so far from the last price unless said otherwise. */
  readonly trailStopPrice?: number | undefined;
  /** TRAIL: how far it trails, percent of the last price; in the place of `auxPrice`. */
  readonly trailingPercent?: number | undefined;
  /** Of stops; 0 unless said otherwise. */
  readonly triggerMethod?: TriggerMethod | undefined;
  /** DAY unless said otherwise. */
  readonly tif?: TimeInForce;
  /** False parks the order without a word until its family is transmitted. */
  readonly transmit: boolean;
  readonly parentId?: number;
  readonly ocaGroup?: string;
  /** 3 unless said otherwise. */
  readonly ocaType?: OcaType;
  readonly outsideRth?: boolean;
  readonly account?: string;
  readonly orderRef?: string;
}

/** An order that a person places in TWS: it belongs to no API client. */
export type OrderByHand = Omit<OrderRequest, 'clientId' | 'orderId' | 'transmit' | 'parentId'>;

/**
 * Who an event is about: enough for a gateway to route it. `permId` is 0 for an order that was never accepted, `orderId` 0 for one that
 * was placed by hand and is bound to nobody.
 */
export interface OrderKey {
  readonly clientId: number;
  readonly orderId: number;
  readonly permId: number;
  readonly orderRef: string;
}

/** An order as IB holds it, at one moment: what openOrder, and later completedOrder, carry. */
export interface OrderRecord extends OrderKey {
  readonly contract: Contract;
  readonly account: string;
  readonly action: Action;
  readonly totalQuantity: number;
  readonly orderType: OrderType;
  readonly lmtPrice: number | undefined;
  readonly auxPrice: number | undefined;
  readonly tif: TimeInForce;
  readonly parentId: number;
  readonly parentPermId: number;
  readonly ocaGroup: string;
  readonly ocaType: OcaType;
  readonly outsideRth: boolean;
  readonly status: OrderStatusWord;
  readonly whyHeld: WhyHeld;
  readonly filled: number;
  readonly remaining: number;
  readonly avgFillPrice: number;
  readonly lastFillPrice: number;
  /** Present once the order is terminal: when, and why in words (`Cancelled by Trader`, ...). */
  readonly completedTs: number | undefined;
  readonly completedStatus: string;
  /** TRAIL: where its trigger stands now; not there before it has met a price. */
  readonly trailStopPrice?: number;
  /** TRAIL in percent. */
  readonly trailingPercent?: number;
  /** Where it is not the standard one. */
  readonly triggerMethod?: TriggerMethod;
  /** $; known once it has executed. */
  readonly commission?: number;
}

export interface OrderStatus extends OrderKey {
  readonly status: OrderStatusWord;
  readonly filled: number;
  readonly remaining: number;
  readonly avgFillPrice: number;
  readonly lastFillPrice: number;
  readonly parentId: number;
  readonly whyHeld: WhyHeld;
}

/** One piece of a fill. `cumQty` and `avgPrice` are the order's so far. */
export interface Execution extends OrderKey {
  readonly execId: string;
  readonly ts: number;
  readonly contract: Contract;
  readonly account: string;
  readonly side: 'BOT' | 'SLD';
  readonly shares: number;
  readonly price: number;
  readonly cumQty: number;
  readonly avgPrice: number;
}

/** `realizedPNL` is net of both commissions; undefined (IB: unset) for a fill that closed nothing. $ */
export interface CommissionReport extends OrderKey {
  readonly execId: string;
  readonly commission: number;
  readonly currency: 'USD';
  readonly realizedPNL: number | undefined;
}

/** `position` is signed contracts; `avgCost` is price x multiplier with the commission of a contract in it. $ */
export interface Position {
  readonly account: string;
  readonly contract: Contract;
  readonly position: number;
  readonly avgCost: number;
  readonly marketPrice: number;
  readonly marketValue: number;
  readonly unrealizedPNL: number;
  readonly realizedPNL: number;
}

/** Prices are undefined while the market is closed (and before its first trade); `volume` is the session's. */
export interface Quote {
  readonly conId: number;
  readonly ts: number;
  readonly bid: number | undefined;
  readonly ask: number | undefined;
  readonly bidSize: number;
  readonly askSize: number;
  readonly last: number | undefined;
  readonly lastSize: number;
  readonly volume: number;
}

/** A bar that begins at `ts`. */
export interface Bar {
  readonly ts: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** Average price of its contracts, and its number of trades, where it was made of trades. */
  readonly wap?: number;
  readonly count?: number;
}

/** The account in IB's keys, $. */
export interface AccountValues {
  readonly account: string;
  readonly NetLiquidation: number;
  readonly TotalCashValue: number;
  readonly EquityWithLoanValue: number;
  readonly InitMarginReq: number;
  readonly MaintMarginReq: number;
  readonly AvailableFunds: number;
  readonly ExcessLiquidity: number;
  readonly BuyingPower: number;
  readonly GrossPositionValue: number;
  readonly UnrealizedPnL: number;
  readonly RealizedPnL: number;
}

/** Since midnight, exchange time. $ */
export interface Pnl {
  readonly daily: number;
  readonly unrealized: number;
  readonly realized: number;
}

export interface ExecutionFilter {
  readonly clientId?: number;
  readonly sinceTs?: number;
  readonly symbol?: string;
  readonly side?: 'BUY' | 'SELL';
}

export interface ReportedExecution {
  readonly execution: Execution;
  readonly commissionReport: CommissionReport;
}

/** Everything the exchange says, in the order in which it goes on the wire. */
export type ExchangeEvent =
  | { readonly kind: 'openOrder'; readonly ts: number; readonly order: OrderRecord }
  | { readonly kind: 'orderStatus'; readonly ts: number; readonly status: OrderStatus }
  | { readonly kind: 'execDetails'; readonly ts: number; readonly execution: Execution }
  | { readonly kind: 'commissionReport'; readonly ts: number; readonly report: CommissionReport }
  /** Client 0 may now change and cancel, under this (negative) id, an order that was placed by hand. */
  | ({ readonly kind: 'orderBound'; readonly ts: number } & OrderKey)
  | { readonly kind: 'position'; readonly ts: number; readonly position: Position }
  | ErrorEvent
  | { readonly kind: 'quote'; readonly ts: number; readonly quote: Quote }
  | { readonly kind: 'bar'; readonly ts: number; readonly conId: number; readonly bar: Bar };

/** An errMsg about one order, to the client that owns it or that asked. */
interface ErrorEvent extends OrderKey {
  readonly kind: 'error';
  readonly ts: number;
  readonly code: number;
  readonly text: string;
}
