/** Requests for past bars. */
import type { ContractQuery } from '../../exchange/words';
import { readContract } from './contract';
import type { DecoderTable } from './table';

export type HistoryRequest =
  | { kind: 'reqHistoricalData'; reqId: number; contract: ContractQuery; query: BarQuery }
  | { kind: 'cancelHistoricalData'; reqId: number }
  | { kind: 'reqHeadTimestamp'; reqId: number; contract: ContractQuery; formatDate: number }
  | { kind: 'cancelHeadTimestamp'; reqId: number };

/** The words of a historical request as sent; bar-query.ts gives them meaning. */
export interface BarQuery {
  /** Empty for "now"; else `yyyymmdd hh:mm:ss zone` or `yyyymmdd-hh:mm:ss` (UTC). */
  endDateTime: string;
  barSize: string;
  /** `1800 S`, `2 D`, `1 W`. */
  duration: string;
  whatToShow: string;
  useRth: boolean;
  /** 1: exchange-zone text, 2: epoch seconds. */
  formatDate: number;
  keepUpToDate: boolean;
}

const EXCHANGE_TEXT = 1;

export const historyDecoders: DecoderTable<HistoryRequest> = {
  20: (f) => ({
    kind: 'reqHistoricalData',
    reqId: f.id(1),
    contract: readContract(f, 2),
    query: {
      endDateTime: f.text(15),
      barSize: f.text(16),
      duration: f.text(17),
      useRth: f.flag(18),
      whatToShow: f.text(19),
      formatDate: f.integer(20, EXCHANGE_TEXT),
      keepUpToDate: f.flag(21),
    },
  }),
  25: (f) => ({ kind: 'cancelHistoricalData', reqId: f.id(2) }),
  87: (f) => ({
    kind: 'reqHeadTimestamp',
    reqId: f.id(1),
    contract: readContract(f, 2),
    formatDate: f.integer(17, EXCHANGE_TEXT),
  }),
  90: (f) => ({ kind: 'cancelHeadTimestamp', reqId: f.id(1) }),
};
