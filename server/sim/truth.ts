/**
 * What is really so at the broker, heard at the exchange itself before any fault can touch it. The position is a sum of fills and nothing
 * else: an oracle that shares no line with the engine.
 */
import type { ExchangeEvent, Execution, OrderRecord } from '../exchange/words';

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

  hear(events: readonly ExchangeEvent[]): void {
    for (const event of events) {
      switch (event.kind) {
        case 'openOrder':
          this.orders.set(event.order.permId, event.order);
          break;
        case 'orderStatus': {
          const known = this.orders.get(event.status.permId);
          if (known) this.orders.set(event.status.permId, { ...known, ...event.status });
          break;
        }
        case 'execDetails':
          this.fill(event.execution);
          break;
        case 'commissionReport':
        case 'position':
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
    return [...this.orders.values()].filter((order) => LIVE.has(order.status));
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
