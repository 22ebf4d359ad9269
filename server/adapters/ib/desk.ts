/** All parts of one connection, put together before it opens: who listens to what, and what is asked once it is ready. */
import type { BrokerCommand } from '../../engine/model/command';
import { createBars } from './bars';
import { listenToOrders } from './callbacks';
import type { Session } from './connection';
import { createContracts } from './contracts';
import type { Instruments } from './instruments';
import type { Desk } from './link';
import type { OrderIds } from './order-ids';
import { createOrderDesk } from './orders';
import { createPositions } from './positions';
import { createQuotes } from './quotes';
import { createReporter } from './report';
import { watchUsage } from './usage';
import { createVolumes } from './volumes';
import type { Wire } from './wire';

export interface TradingDesk extends Desk {
  /** The connection is ready; nothing here waits for another one. */
  send(command: BrokerCommand): void;
}

/** @param memory what outlives the connection. */
export function openTradingDesk(
  wire: Wire,
  memory: { instruments: Instruments; orderIds: OrderIds },
): TradingDesk {
  const { instruments, orderIds } = memory;
  const { symbols } = wire.settings;
  let session: Session | null = null;
  let resolved: Promise<void> = Promise.resolve();
  const account = () => session?.account ?? '';

  const allPositions = createPositions(wire);
  const positions = async () => (await allPositions.ask()).filter((row) => row.account === account());
  const quotes = createQuotes(wire);
  const bars = createBars(wire);
  const usage = watchUsage(wire.settings.clock);
  const contracts = createContracts(wire, {
    instruments,
    positions,
    volumes: createVolumes(wire),
    usage,
    resolved: (instrument) => {
      quotes.subscribe(instrument);
      bars.subscribe(instrument);
    },
  });
  const talk = listenToOrders(wire, {
    instruments,
    orderIds,
    account,
    usage,
    requestFailed: (requestId, code, text) => {
      contracts.failed(requestId, text);
      reporter.failed(requestId, text);
      bars.failed(requestId);
      return quotes.failed(requestId, code, text);
    },
  });
  const reporter = createReporter(wire, {
    instruments,
    orderIds,
    talk,
    positions,
    resolved: () => (symbols.every((symbol) => instruments.bySymbol(symbol)) ? Promise.resolve() : resolved),
    account,
  });
  const orders = createOrderDesk(wire, { instruments, orderIds, usage, account });

  return {
    ready: (established, data) => {
      session = established;
      orderIds.atLeast(established.nextOrderId);
      if (data === 'kept') return;
      quotes.drop();
      bars.drop();
      resolved = contracts.resolve();
    },
    beat: contracts.refresh,
    unreadable: (text) => {
      reporter.unreadable(text);
      allPositions.fail(text);
    },
    send: (command) => {
      switch (command.type) {
        case 'PlaceBracket':
          return orders.placeBracket(command);
        case 'PlaceOrder':
          return orders.placeOrder(command.order);
        case 'ModifyOrder':
          return orders.modifyOrder(command.order);
        case 'CancelOrder':
          return orders.cancelOrder(command.ref);
        case 'RequestReport':
          return reporter.request(command.requestId);
      }
    },
    close: () => {
      contracts.close();
      quotes.close();
      bars.close();
    },
  };
}
