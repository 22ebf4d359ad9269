/** What the parts of the simulated gateway know of each other and of their clients. */
import type { EventName } from '@stoqey/ib';
import type { Exchange } from '../../exchange/exchange';
import type { Random } from '../../exchange/random';
import type { ExchangeEvent } from '../../exchange/words';
import type { Schedule } from '../schedule';
import type { Truth } from '../truth';
import type { Weather } from './weather';

/** A client, at the other end of its line. */
export interface Peer {
  readonly clientId: number;
  /** The line stands. */
  up: boolean;
  /** Reaches its listeners after all that was said before. */
  tell(event: EventName, args: readonly unknown[]): void;
  /** The peer or the network ended it: the socket closes there too. */
  hangUp(): void;
  /** Nobody listens at that port. */
  refuse(): void;
}

/** What this broker is like, all seed long: where IB's behaviour is inference, every reading is somebody's broker. */
export interface Customs {
  /** Does a client hear of the executions of other clients when it asks? */
  readonly othersExecutions: boolean;
  /** What was sent while IB could not be reached goes out when it can, or never. */
  readonly keepsOrdersWhileCut: boolean;
  /** One quote a contract in so many ms. */
  readonly quoteMs: number;
}

export interface GatewayParts {
  readonly schedule: Schedule;
  readonly random: Random;
  readonly truth: Truth;
  count(name: string): void;
}

/** The gateway, as its parts see it. */
export interface Counter {
  readonly exchange: Exchange;
  readonly parts: GatewayParts;
  readonly weather: Weather;
  readonly clients: ReadonlySet<Peer>;
  /** Does word from IB get as far as the line to a client? */
  readonly reachable: boolean;
  hears(client: Peer): boolean;
  /** The market goes on to now. */
  catchUp(): void;
  /** @param act what somebody does at the exchange, now. */
  at(act: (exchange: Exchange) => ExchangeEvent[]): void;
}
