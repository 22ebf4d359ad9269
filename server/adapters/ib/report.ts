/**
 * The broker's whole account in one event. A report is complete or it is not made: a missing page would read as "nothing there".
 * One at a time; the next begins when it has ended.
 */
import type { Contract } from '@stoqey/ib';
import type { Instrument } from '../../engine/model/instrument';
import type { OrderTalk } from './callbacks';
import type { Instruments } from './instruments';
import type { OrderIds } from './order-ids';
import type { PositionRow } from './positions';
import { createPageReader, type OrderRow } from './report-pages';
import { executionOf, nameOf, type OrderAnswer, orderOf, positionOf } from './translate/answers';
import { CODE } from './translate/codes';
import type { Wire } from './wire';

export interface Reporter {
  /** Asks for a report; the answer is a `BrokerReported` with the same id, or nothing. */
  request(requestId: number): void;
  /** The broker refused request `requestId`. */
  failed(requestId: number, text: string): void;
  /** A message was lost, which may have been a row of the report that is being made: then it is not made. */
  unreadable(text: string): void;
}

export interface ReportDeps {
  instruments: Instruments;
  orderIds: OrderIds;
  talk: OrderTalk;
  /** Of the traded account. */
  positions(): Promise<readonly PositionRow[]>;
  /** Settles when every contract is known, or those of this connection have failed. */
  resolved(): Promise<void>;
  account(): string;
}

export function createReporter(wire: Wire, deps: ReportDeps): Reporter {
  const { clock, log } = wire.settings;
  const pages = createPageReader(wire);
  /** Contracts of others that were told of on this connection. */
  const foreign = new Set<string>();
  let last: Promise<void> = Promise.resolve();

  function answerOf(row: OrderRow): OrderAnswer {
    return {
      orderId: row.orderId || (deps.orderIds.orderIdOf(row.order.orderRef ?? '') ?? 0),
      order: row.order,
      state: row.state,
      progress: deps.talk.progressOf(row.order.permId ?? 0),
    };
  }

  async function make(requestId: number): Promise<void> {
    await deps.resolved();
    if (wire.closed) return;
    const [{ openOrders, completedOrders, executions, commissions }, positions] = await Promise.all([
      pages.read(),
      deps.positions(),
    ]);
    const known = knownContracts(wire, deps.instruments, foreign);
    const orders = (rows: readonly OrderRow[]) =>
      rows.flatMap((row) => known(row, (instrument) => orderOf(answerOf(row), instrument)));
    wire.emit({
      type: 'BrokerReported',
      report: {
        requestId,
        openOrders: orders(latestOf(openOrders)),
        completedOrders: orders(completedOrders),
        executions: executions
          .filter(({ execution }) => execution.acctNumber === deps.account())
          .flatMap((row) =>
            known(row, (instrument) => executionOf(row.execution, instrument, clock.now().ts)),
          ),
        commissions,
        positions: positions.flatMap((row) =>
          known(row, (instrument) => positionOf(row.quantity, row.averageCost, instrument)),
        ),
      },
    });
  }

  return {
    request: (requestId) => {
      last = last
        .then(() => make(requestId))
        .catch((error: unknown) => {
          if (!wire.closed) log.warn({ err: error, requestId }, 'The broker gave no complete report.');
        });
    },
    failed: pages.failed,
    unreadable: pages.unreadable,
  };
}

/** IB repeats open orders: the last word on each counts. */
function latestOf(rows: readonly OrderRow[]): readonly OrderRow[] {
  return [...new Map(rows.map((row) => [row.order.permId || `order ${row.orderId}`, row])).values()];
}

/**
 * Translates rows of contracts that we trade, leaves out those of others with a notice each.
 * @throws when a symbol that we trade has no contract yet, or a row cannot be read: either would make the report a lie.
 */
function knownContracts(wire: Wire, instruments: Instruments, foreign: Set<string>) {
  return function known<R extends { contract: Contract }, T>(
    row: R,
    translate: (instrument: Instrument) => T | null,
  ): T[] {
    const instrument = instruments.of(row.contract);
    const name = nameOf(row.contract);
    if (instrument !== null) {
      const translated = translate(instrument);
      if (translated === null) throw new Error(`A row about ${name} cannot be read: ${JSON.stringify(row)}`);
      return [translated];
    }
    const symbol = row.contract.symbol ?? '';
    if (wire.settings.symbols.includes(symbol) && instruments.bySymbol(symbol) === null) {
      throw new Error(`The report speaks of ${name}, but no contract of ${symbol} is known yet`);
    }
    if (!foreign.has(name)) {
      foreign.add(name);
      const text = `The account holds or trades ${name}, which is not watched here: left out of the report.`;
      wire.emit({ type: 'BrokerNotice', code: CODE.adapter, text });
    }
    return [];
  };
}
