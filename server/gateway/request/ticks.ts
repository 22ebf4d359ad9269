/** Requests for single ticks: as they happen, and of the past. */
import type { ContractQuery } from '../../exchange/words';
import { readContract } from './contract';
import type { DecoderTable } from './table';

export type TickRequest =
  | { kind: 'reqTickByTickData'; reqId: number; contract: ContractQuery; query: TickByTickQuery }
  | { kind: 'cancelTickByTickData'; reqId: number }
  | { kind: 'reqHistoricalTicks'; reqId: number; contract: ContractQuery; query: PastTicksQuery };

export interface TickByTickQuery {
  /** Last, AllLast, BidAsk or MidPoint. */
  tickType: string;
  /** So many ticks of the past come first. */
  numberOfTicks: number;
  /** BidAsk: a change of size alone says nothing. */
  ignoreSize: boolean;
}

/** The words of a request for past ticks as sent: either a start or an end. */
export interface PastTicksQuery {
  startDateTime: string;
  endDateTime: string;
  numberOfTicks: number;
  /** TRADES, BID_ASK or MIDPOINT. */
  whatToShow: string;
  useRth: boolean;
  ignoreSize: boolean;
}

export const tickDecoders: DecoderTable<TickRequest> = {
  96: (f) => ({
    kind: 'reqHistoricalTicks',
    reqId: f.id(1),
    contract: readContract(f, 2),
    query: {
      startDateTime: f.text(15),
      endDateTime: f.text(16),
      numberOfTicks: f.integer(17),
      whatToShow: f.text(18),
      useRth: f.flag(19),
      ignoreSize: f.flag(20),
    },
  }),
  97: (f) => ({
    kind: 'reqTickByTickData',
    reqId: f.id(1),
    contract: readContract(f, 2),
    query: { tickType: f.text(14), numberOfTicks: f.integer(15), ignoreSize: f.flag(16) },
  }),
  98: (f) => ({ kind: 'cancelTickByTickData', reqId: f.id(1) }),
};
