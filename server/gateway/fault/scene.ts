/** What a family of faults can see and do: of one connection (its scene), and of the whole gateway (its hands). */
import type { Exchange } from '../../exchange/exchange';
import type { Random } from '../../exchange/random';
import type { ExchangeEvent, Execution, Position } from '../../exchange/words';
import type { Client } from '../session/client';
import type { Message } from '../wire/frame';
import type { Fault, FaultKind, FaultOf } from './fault';

/** One connection, as the faults see it. */
export interface Scene {
  /** Known from startApi on. */
  readonly clientId: number | undefined;
  /** The number of the request that is being answered just now, if one is. */
  readonly answering: string | undefined;
  /** The version that was agreed with the client. */
  readonly version: number;
  readonly memory: Memory;
  readonly shared: Shared;
  readonly random: Random;
  readonly hands: Hands;
  /** The fault of that kind that is on for this client. */
  on<K extends FaultKind>(kind: K): FaultOf<K> | undefined;
  /** A fault that is for one time only has had it. */
  use(kind: FaultKind): void;
  /** True with that probability. */
  chance(share: number): boolean;
  /** Says something that the exchange did not. */
  say(...messages: readonly Message[]): void;
  /** Sends what is queued, then ends the connection. */
  close(reason: string): void;
}

/** What is kept about one connection while something is wrong with it. */
export interface Memory {
  /** The last statuses that were sent. */
  readonly statuses: Message[];
  /** An order whose refusal was told already: the gateway's own words about it are not wanted. */
  muted: string | undefined;
  pacingViolations: number;
  /** Orders that the report under way leaves out. */
  readonly leftOut: Set<string>;
}

/** What a fault may do to the gateway. */
export interface Hands {
  readonly exchange: Exchange;
  readonly clients: Iterable<Client>;
  /** Brings the exchange to the present. */
  catchUp(): void;
  /** Tells every client concerned what the exchange just said. */
  publish(events: readonly ExchangeEvent[]): void;
  /** Cuts the connections of that client, of all when none is named. */
  dropClients(clientId?: number): void;
  /** Connections are refused from now on; those that stand stay. */
  stopListening(): void;
  /** @param port a new one, for good */
  listenAgain(port?: number): void;
}

/** A message that goes out, `afterMs` from now. */
export interface Passing {
  readonly message: Message;
  readonly afterMs: number;
}

/** What becomes of a request: it arrives (changed, or later), or it does not; `hold` keeps it until that fault ends. */
export type Fate =
  | { readonly arrives: readonly string[]; readonly afterMs: number }
  | { readonly hold: FaultKind }
  | 'gone';

/** One seam's worth of faults. */
export interface Family {
  outgoing?(message: Message, scene: Scene): readonly Passing[];
  incoming?(values: readonly string[], scene: Scene): Fate;
  /** When a fault of this family is put, and when it is lifted; faults of other families are passed over. */
  begins?(fault: Fault, hands: Hands, tools: Tools): void;
  ends?(fault: Fault, hands: Hands, tools: Tools): void;
}

/** What is kept about the gateway while something is wrong with it. */
export interface Shared {
  /** Position pages of the past, oldest first: noted from the moment on when somebody is to be told them late. */
  readonly positions: { readonly wallMs: number; readonly page: readonly Position[] }[];
  /** Executions as IB has corrected them, by the execId that they correct. */
  readonly corrections: Map<string, Execution>;
}

export interface Tools {
  readonly shared: Shared;
  /** Once, so many ms of wall time from now; forgotten when the gateway closes. */
  after(ms: number, act: () => void): void;
}

export const passes = (message: Message, afterMs = 0): readonly Passing[] => [{ message, afterMs }];
export const LOST: readonly Passing[] = [];
export const arrives = (values: readonly string[], afterMs = 0): Fate => ({ arrives: values, afterMs });
