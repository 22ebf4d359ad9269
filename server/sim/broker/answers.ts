/** What the gateway answers when it is asked: pages that may be late, stale, missing a row, or never come. */
import { type Contract, EventName } from '@stoqey/ib';
import type { Exchange } from '../../exchange/exchange';
import type { ContractDetails, Execution, Position } from '../../exchange/words';
import type { Counter, Customs, Peer } from './peer';
import {
  commissionArgs,
  completedOrderArgs,
  contractDetailsArgs,
  execDetailsArgs,
  openOrderArgs,
  orderStatusArgs,
  positionArgs,
  queryOf,
} from './words';

export class Answers {
  /** When an answer was lost last. */
  lostTs = Number.NEGATIVE_INFINITY;
  /** What was told and was not so: when, by symbol the contracts that were said to be held; by permId the order that was left out. */
  readonly toldPositions: { ts: number; positions: ReadonlyMap<string, number> }[] = [];
  readonly leftOut = new Map<number, number>();
  private readonly past: { ts: number; positions: readonly Position[] }[] = [];

  constructor(
    private readonly gateway: Counter,
    private readonly customs: Customs,
    /** The execution as IB has corrected it since. */
    private readonly correctedOf: (execution: Execution) => Execution,
  ) {}

  currentTime(client: Peer): void {
    const { parts } = this.gateway;
    if (!this.gateway.hears(client)) return;
    client.tell(EventName.currentTime, [Math.floor(parts.schedule.now / 1_000)]);
  }

  contractDetails(client: Peer, requestId: number, contract: Contract): void {
    if (!this.answers(client)) return;
    const { exchange, parts } = this.gateway;
    for (const details of detailsFor(exchange, contract, parts.schedule.now)) {
      client.tell(EventName.contractDetails, contractDetailsArgs(requestId, details));
    }
    client.tell(EventName.contractDetailsEnd, [requestId]);
  }

  openOrders(client: Peer): void {
    if (!this.answers(client)) return;
    const { exchange, parts, weather } = this.gateway;
    for (const record of exchange.openOrders('all')) {
      if (parts.random.unit() < weather.missingOrders) {
        parts.count('snapshotPartial');
        this.leftOut.set(record.permId, parts.schedule.now);
        continue;
      }
      client.tell(EventName.openOrder, openOrderArgs(record));
      client.tell(EventName.orderStatus, orderStatusArgs(record));
    }
    client.tell(EventName.openOrderEnd, []);
  }

  completedOrders(client: Peer): void {
    if (!this.answers(client)) return;
    for (const record of this.gateway.exchange.completedOrders()) {
      client.tell(EventName.completedOrder, completedOrderArgs(record));
    }
    client.tell(EventName.completedOrdersEnd, []);
  }

  executions(client: Peer, requestId: number): void {
    if (!this.answers(client)) return;
    const { exchange } = this.gateway;
    const filter = this.customs.othersExecutions ? {} : { clientId: client.clientId };
    for (const { execution, commissionReport } of exchange.executions(filter)) {
      client.tell(EventName.execDetails, execDetailsArgs(requestId, this.correctedOf(execution)));
      client.tell(EventName.commissionReport, commissionArgs(commissionReport));
    }
    client.tell(EventName.execDetailsEnd, [requestId]);
  }

  positions(client: Peer): void {
    if (!this.answers(client)) return;
    for (const position of this.positionsAsTold()) client.tell(EventName.position, positionArgs(position));
    client.tell(EventName.positionEnd, []);
  }

  /** Positions changed: remembered, so that they can be told late. */
  note(ts: number): void {
    this.past.push({ ts, positions: this.gateway.exchange.positions() });
  }

  private positionsAsTold(): readonly Position[] {
    const { exchange, parts, weather } = this.gateway;
    const now = exchange.positions();
    if (weather.stalePositionsMs === 0) return now;
    const asOf = parts.schedule.now - weather.stalePositionsMs;
    const told = this.past.findLast(({ ts }) => ts <= asOf)?.positions ?? [];
    if ((this.past.at(-1)?.ts ?? 0) > asOf) {
      parts.count('snapshotStale');
      const positions = new Map(told.map((row) => [row.contract.symbol as string, row.position]));
      this.toldPositions.push({ ts: parts.schedule.now, positions });
    }
    return told;
  }

  private answers(client: Peer): boolean {
    const { gateway } = this;
    if (!gateway.hears(client) || !gateway.reachable) return false;
    if (gateway.parts.random.unit() < gateway.weather.lostAnswers) {
      gateway.parts.count('snapshotNoReply');
      this.lostTs = gateway.parts.schedule.now;
      return false;
    }
    gateway.catchUp();
    return true;
  }
}

const known = new Map<string, readonly ContractDetails[]>();

/** Hours in words are slow to write and the same for all seeds of an hour. */
function detailsFor(exchange: Exchange, contract: Contract, ts: number): readonly ContractDetails[] {
  const key = `${contract.symbol} ${contract.conId ?? 0} ${Math.floor(ts / 3_600_000)}`;
  const details = known.get(key) ?? exchange.contracts(queryOf(contract));
  known.set(key, details);
  return details;
}
