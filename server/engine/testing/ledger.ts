/** What the scripted broker's account has traded, through us and by hand: executions, charges and positions. */
import type { BrokerCommission, BrokerExecution, BrokerPosition, BrokerReport } from '../model/broker';
import { signOf } from '../model/order';
import type { Held } from './held';

/** IB's charge for one contract, micro-dollars. */
const COMMISSION = { ES: 2_250_000, MES: 620_000 } as const;

export class Ledger {
  readonly executions: BrokerExecution[] = [];
  readonly commissions: BrokerCommission[] = [];
  /** Contracts traded in another program. */
  readonly byHand = new Map<string, number>();

  constructor(private readonly clock: () => number) {}

  /** Enters one execution with its charge. */
  book(order: Held, priceTicks: number, quantity: number) {
    const { ref, symbol, side } = order.spec;
    const n = (this.executions.length + 1).toString(16).padStart(8, '0');
    const execId = `0000e0d5.${n}.01.01`;
    const execution: BrokerExecution = {
      execId,
      orderRef: ref,
      permId: order.permId,
      orderId: order.orderId,
      symbol,
      side,
      quantity,
      priceTicks,
      ts: this.clock(),
    };
    const rate = symbol === 'MES' ? COMMISSION.MES : COMMISSION.ES;
    const commission = { execId, micros: rate * quantity };
    this.executions.push(execution);
    this.commissions.push(commission);
    return { execution, commission };
  }

  /** A trade in another program, of which this client hears nothing but the position. */
  tradeByHand(symbol: string, signed: number): void {
    this.byHand.set(symbol, (this.byHand.get(symbol) ?? 0) + signed);
  }

  position(symbol: string): number {
    const traded = this.executions
      .filter((execution) => execution.symbol === symbol)
      .reduce((sum, execution) => sum + signOf(execution.side) * execution.quantity, 0);
    return traded + (this.byHand.get(symbol) ?? 0);
  }

  /** @param marketTicks what a position costs that was traded by hand only */
  reported(marketTicks: number): Pick<BrokerReport, 'executions' | 'commissions' | 'positions'> {
    const symbols = [
      ...new Set([...this.executions.map((execution) => execution.symbol), ...this.byHand.keys()]),
    ];
    return {
      executions: [...this.executions],
      commissions: [...this.commissions],
      positions: symbols.map((symbol): BrokerPosition => {
        const last = this.executions.findLast((execution) => execution.symbol === symbol);
        return { symbol, quantity: this.position(symbol), averageTicks: last?.priceTicks ?? marketTicks };
      }),
    };
  }
}
