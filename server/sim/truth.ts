/**
 * What is really so at the broker, heard at the exchange itself before any fault can touch it. The position is a sum of fills and nothing
 * else: an oracle that shares no line with the engine.
 */
import type { ExchangeEvent, Execution, OrderRecord, OrderRequest } from '../exchange/words';

export interface TrueFill {
  readonly execution: Execution;
  readonly symbol: string;
  /** Signed contracts held before and after. */
  readonly before: number;
  readonly after: number;
}

const LIVE = new Set(['PreSubmitted', 'Submitted', 'PendingCancel', 'ApiPending', 'PendingSubmit']);

export class Truth {
  private readonly held = new Map<string, number>();
  /** By permId. */
  private readonly orders = new Map<number, OrderRecord>();
  readonly fills: TrueFill[] = [];
  readonly executions = new Map<string, Execution>();
  /** What came over the wire from clients, before anything could happen to it; new orders and changes of them. */
  readonly requests: OrderRequest[] = [];
  /** Grows with everything heard of an order or a fill. */
  version = 0;
  private working: { version: number; orders: readonly OrderRecord[] } = { version: -1, orders: [] };

  hear(events: readonly ExchangeEvent[]): void {
    for (const event of events) {
      switch (event.kind) {
        case 'openOrder':
          this.version += 1;
          this.orders.set(event.order.permId, event.order);
          break;
        case 'orderStatus': {
          this.version += 1;
          const known = this.orders.get(event.status.permId);
          if (known) this.orders.set(event.status.permId, { ...known, ...event.status });
          break;
        }
        case 'execDetails':
          this.version += 1;
          this.fill(event.execution);
          break;
        case 'commissionReport':
        case 'position':
        case 'orderBound':
        case 'error':
        case 'quote':
        case 'bar':
          break;
      }
    }
  }

  /** Signed contracts held. */
  position(symbol: string): number {
    return this.held.get(symbol) ?? 0;
  }

  symbols(): readonly string[] {
    return [...this.held.keys()];
  }

  live(): readonly OrderRecord[] {
    const { version } = this;
    if (this.working.version !== version) {
      const orders = [...this.orders.values()].filter((order) => LIVE.has(order.status));
      this.working = { version, orders };
    }
    return this.working.orders;
  }

  order(permId: number): OrderRecord | undefined {
    return this.orders.get(permId);
  }

  isLive({ status }: OrderRecord): boolean {
    return LIVE.has(status);
  }

  all(): readonly OrderRecord[] {
    return [...this.orders.values()];
  }

  private fill(execution: Execution): void {
    const { symbol } = execution.contract;
    const before = this.position(symbol);
    const after = before + (execution.side === 'BOT' ? execution.shares : -execution.shares);
    this.held.set(symbol, after);
    this.executions.set(execution.execId, execution);
    this.fills.push({ execution, symbol, before, after });
    const known = this.orders.get(execution.permId);
    if (known) {
      this.orders.set(execution.permId, { ...known, filled: Math.max(known.filled, execution.cumQty) });
    }
  }
}
