/** The pages of a report as IB gives them: open orders of all clients, completed orders, today's executions with their commissions. */
import {
  type CommissionReport,
  type Contract,
  EventName,
  type Execution,
  type Order,
  type OrderState,
} from '@stoqey/ib';
import type { BrokerCommission } from '../../engine/model/broker';
import { type Collector, collect } from './collector';
import { commissionOf } from './translate/answers';
import type { Wire } from './wire';

export interface OrderRow {
  /** 0 for a completed order: IB tells only its permanent id. */
  orderId: number;
  contract: Contract;
  order: Order;
  state: OrderState;
}

export interface ExecutionRow {
  contract: Contract;
  execution: Execution;
}

export interface Pages {
  openOrders: readonly OrderRow[];
  completedOrders: readonly OrderRow[];
  executions: readonly ExecutionRow[];
  commissions: readonly BrokerCommission[];
}

export interface PageReader {
  /**
   * One at a time: IB does not number these questions.
   * @throws when a page is not complete within the deadline, or refused
   */
  read(): Promise<Pages>;
  /** The broker refused request `requestId`. */
  failed(requestId: number, text: string): void;
  /** A row may be missing from what is being read. */
  unreadable(text: string): void;
}

interface Reading {
  openOrders: Collector<OrderRow>;
  completedOrders: Collector<OrderRow>;
  executions: Collector<ExecutionRow>;
  executionsRequestId: number;
  commissions: Map<string, BrokerCommission>;
}

export function createPageReader(wire: Wire): PageReader {
  const { api, settings } = wire;
  let reading: Reading | null = null;

  function executionsOf(requestId: number): Collector<ExecutionRow> | null {
    return reading !== null && requestId === reading.executionsRequestId ? reading.executions : null;
  }

  api.on(
    EventName.openOrder,
    wire.guard((orderId: number, contract: Contract, order: Order, state: OrderState) =>
      reading?.openOrders.add({ orderId, contract, order, state }),
    ),
  );
  api.on(
    EventName.openOrderEnd,
    wire.guard(() => reading?.openOrders.end()),
  );
  api.on(
    EventName.completedOrder,
    wire.guard((contract: Contract, order: Order, state: OrderState) =>
      reading?.completedOrders.add({ orderId: 0, contract, order, state }),
    ),
  );
  api.on(
    EventName.completedOrdersEnd,
    wire.guard(() => reading?.completedOrders.end()),
  );
  api.on(
    EventName.execDetails,
    wire.guard((requestId: number, contract: Contract, execution: Execution) =>
      executionsOf(requestId)?.add({ contract, execution }),
    ),
  );
  api.on(
    EventName.execDetailsEnd,
    wire.guard((requestId: number) => executionsOf(requestId)?.end()),
  );
  api.on(
    EventName.commissionReport,
    wire.guard((report: CommissionReport) => {
      const commission = commissionOf(report);
      if (commission !== null) reading?.commissions.set(commission.execId, commission);
    }),
  );

  function ask(): Reading {
    const { answerMs, clock } = settings;
    const executionsRequestId = wire.requestId('executions of today');
    wire.ask(() => api.reqAllOpenOrders());
    wire.ask(() => api.reqExecutions(executionsRequestId, {}));
    wire.ask(() => api.reqCompletedOrders(false));
    return {
      openOrders: collect('open orders', clock, answerMs),
      completedOrders: collect('completed orders', clock, answerMs),
      executions: collect('executions of today', clock, answerMs),
      executionsRequestId,
      commissions: new Map(),
    };
  }

  return {
    read: async () => {
      const asked = ask();
      reading = asked;
      try {
        const [openOrders, completedOrders, executions] = await Promise.all([
          asked.openOrders.rows,
          asked.completedOrders.rows,
          asked.executions.rows,
        ]);
        return { openOrders, completedOrders, executions, commissions: [...asked.commissions.values()] };
      } finally {
        reading = null;
        wire.answered(asked.executionsRequestId);
      }
    },
    failed: (requestId, text) => executionsOf(requestId)?.fail(text),
    unreadable: (text) => {
      reading?.openOrders.fail(text);
      reading?.completedOrders.fail(text);
      reading?.executions.fail(text);
    },
  };
}
