// Executions, commissions, positions and cash. Inside, whole ticks and whole micro-dollars: to the cent, always.
// Invariant: a position is the signed sum of its executions, and its cost what they cost less what closing released.
import { emptyHolding, type Holding, marginOf, marketValue, settle } from './holding';
import { averageFill, keyOf, type Order, signOf } from './order';
import { seededRandom } from './random';
import { toDollars, toMicros, toPoints } from './units';
import type {
  AccountValues,
  CommissionReport,
  Contract,
  Execution,
  ExecutionFilter,
  Pnl,
  Position,
  ProductSymbol,
  ReportedExecution,
} from './words';

interface LedgerOptions {
  /** Sets the execIds of this run apart. */
  readonly run: number;
  readonly account: string;
  /** $ */
  readonly startingCash: number;
  /** $ a contract and side. */
  readonly commissions: Readonly<Record<ProductSymbol, number>>;
}

export class Ledger {
  private readonly holdings = new Map<number, Holding>();
  private readonly execIdHead: string;
  private cash: number;
  private executed: ReportedExecution[] = [];
  private executionCount = 0;
  private equityAtMidnight: number;

  constructor(private readonly options: LedgerOptions) {
    this.execIdHead = seededRandom(options.run)
      .below(2 ** 32)
      .toString(16)
      .padStart(8, '0');
    this.cash = toMicros(options.startingCash);
    this.equityAtMidnight = this.cash;
  }

  /** Books `size` contracts of `order` at `price` ticks. The order's own totals must already include them. */
  book(
    order: Order,
    fill: { readonly ts: number; readonly price: number; readonly size: number },
  ): ReportedExecution {
    const { contract } = order;
    const commission = toMicros(this.options.commissions[contract.symbol]) * fill.size;
    const realized = settle(this.holdingOf(contract, fill.price), {
      change: signOf(order) * fill.size,
      price: fill.price,
      commission,
    });
    this.cash += realized ?? 0;
    const execution: Execution = {
      ...keyOf(order),
      execId: this.nextExecId(),
      ts: fill.ts,
      contract,
      account: order.account,
      side: order.action === 'BUY' ? 'BOT' : 'SLD',
      shares: fill.size,
      price: toPoints(fill.price),
      cumQty: order.filled,
      avgPrice: averageFill(order),
    };
    const commissionReport: CommissionReport = {
      ...keyOf(order),
      execId: execution.execId,
      commission: toDollars(commission),
      currency: 'USD',
      realizedPNL: realized === undefined ? undefined : toDollars(realized),
    };
    const reported = { execution, commissionReport };
    this.executed.push(reported);
    return reported;
  }

  /** Marks the contract's position at a new last price (ticks). */
  mark(conId: number, price: number): void {
    const holding = this.holdings.get(conId);
    if (holding !== undefined) holding.mark = price;
  }

  private holdingOf(contract: Contract, price: number): Holding {
    const known = this.holdings.get(contract.conId);
    if (known !== undefined) return known;
    const holding = emptyHolding(contract, price);
    this.holdings.set(contract.conId, holding);
    return holding;
  }

  private nextExecId(): string {
    this.executionCount += 1;
    return `${this.execIdHead}.${this.executionCount.toString(16).padStart(8, '0')}.01.01`;
  }

  /** Signed contracts held. */
  quantity(conId: number): number {
    return this.holdings.get(conId)?.quantity ?? 0;
  }

  /** The position as IB shows it; a closed one has position 0 and avgCost 0. */
  position(contract: Contract): Position {
    const holding = this.holdings.get(contract.conId) ?? emptyHolding(contract, 0);
    const { quantity, cost, realized, mark } = holding;
    return {
      account: this.options.account,
      contract,
      position: quantity,
      avgCost: quantity === 0 ? 0 : toDollars(cost / quantity),
      marketPrice: toPoints(mark),
      marketValue: toDollars(marketValue(holding)),
      unrealizedPNL: toDollars(marketValue(holding) - cost),
      realizedPNL: toDollars(realized),
    };
  }

  positionOf(conId: number): Position | undefined {
    const holding = this.holdings.get(conId);
    return holding && this.position(holding.contract);
  }

  /** What is held, without what was closed. */
  positions(): Position[] {
    return [...this.holdings.values()]
      .filter((holding) => holding.quantity !== 0)
      .map((holding) => this.position(holding.contract));
  }

  /** Executions since midnight, oldest first. */
  executions(filter: ExecutionFilter = {}): ReportedExecution[] {
    const side = filter.side === undefined ? undefined : filter.side === 'BUY' ? 'BOT' : 'SLD';
    return this.executed.filter(
      ({ execution }) =>
        (filter.clientId === undefined || filter.clientId === execution.clientId) &&
        (filter.sinceTs === undefined || filter.sinceTs <= execution.ts) &&
        (filter.symbol === undefined || filter.symbol === execution.contract.symbol) &&
        (side === undefined || side === execution.side),
    );
  }

  /** A new day: executions and realized P&L begin again, positions stay. */
  turnDay(): void {
    this.executed = [];
    for (const holding of this.holdings.values()) holding.realized = 0;
    this.equityAtMidnight = this.equity();
  }

  pnl(): Pnl {
    return {
      daily: toDollars(this.equity() - this.equityAtMidnight),
      unrealized: toDollars(this.unrealized()),
      realized: toDollars(this.realized()),
    };
  }

  /** Maintenance margin is taken as the initial one, and futures have no buying power beyond what is available. */
  accountValues(): AccountValues {
    const equity = this.equity();
    const margin = this.initialMargin();
    const available = toDollars(equity - margin);
    const gross = this.sum((holding) => Math.abs(marketValue(holding)));
    return {
      account: this.options.account,
      NetLiquidation: toDollars(equity),
      TotalCashValue: toDollars(this.cash),
      EquityWithLoanValue: toDollars(equity),
      InitMarginReq: toDollars(margin),
      MaintMarginReq: toDollars(margin),
      AvailableFunds: available,
      ExcessLiquidity: available,
      BuyingPower: available,
      GrossPositionValue: toDollars(gross),
      UnrealizedPnL: toDollars(this.unrealized()),
      RealizedPnL: toDollars(this.realized()),
    };
  }

  /** Initial margin ($) of all positions, were that of `contract` `quantity` (signed). */
  marginWith(contract: Contract, quantity: number): number {
    const others = this.initialMargin() - marginOf(contract, this.quantity(contract.conId));
    return toDollars(others + marginOf(contract, quantity));
  }

  private initialMargin(): number {
    return this.sum((holding) => marginOf(holding.contract, holding.quantity));
  }

  private equity(): number {
    return this.cash + this.unrealized();
  }

  private unrealized(): number {
    return this.sum((holding) => marketValue(holding) - holding.cost);
  }

  private realized(): number {
    return this.sum((holding) => holding.realized);
  }

  private sum(of: (holding: Holding) => number): number {
    let total = 0;
    for (const holding of this.holdings.values()) total += of(holding);
    return total;
  }
}
