/** Requests for live market data: ticks, real-time bars, the kind of data wanted. */
import type { ContractQuery } from '../../exchange/words';
import { readContract } from './contract';
import type { DecoderTable } from './table';

export type MarketRequest =
  | { kind: 'reqMktData'; reqId: number; contract: ContractQuery; snapshot: boolean }
  | { kind: 'cancelMktData'; reqId: number }
  | { kind: 'reqMktDepth'; reqId: number }
  | { kind: 'cancelMktDepth'; reqId: number }
  | { kind: 'reqMarketDataType'; type: number }
  | { kind: 'reqRealTimeBars'; reqId: number; contract: ContractQuery; whatToShow: string }
  | { kind: 'cancelRealTimeBars'; reqId: number };

const AFTER_CONTRACT = 15;

export const marketDecoders: DecoderTable<MarketRequest> = {
  1: (f) => ({
    kind: 'reqMktData',
    reqId: f.id(2),
    contract: readContract(f, 3),
    snapshot: f.flag(AFTER_CONTRACT + 2),
  }),
  2: (f) => ({ kind: 'cancelMktData', reqId: f.id(2) }),
  10: (f) => ({ kind: 'reqMktDepth', reqId: f.id(2) }),
  11: (f) => ({ kind: 'cancelMktDepth', reqId: f.id(2) }),
  50: (f) => ({
    kind: 'reqRealTimeBars',
    reqId: f.id(2),
    contract: readContract(f, 3),
    whatToShow: f.text(AFTER_CONTRACT + 1),
  }),
  51: (f) => ({ kind: 'cancelRealTimeBars', reqId: f.id(2) }),
  59: (f) => ({ kind: 'reqMarketDataType', type: f.integer(2) }),
};
