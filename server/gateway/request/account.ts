/** Requests about the account: values, summary, positions, P&L, executions. */
import type { DecoderTable } from './table';

export type AccountRequest =
  | { kind: 'reqManagedAccts' }
  | { kind: 'reqAccountUpdates'; subscribe: boolean; account: string }
  | { kind: 'reqAccountUpdatesMulti'; reqId: number; account: string; modelCode: string }
  | { kind: 'cancelAccountUpdatesMulti'; reqId: number }
  | { kind: 'reqAccountSummary'; reqId: number; tags: string[] }
  | { kind: 'cancelAccountSummary'; reqId: number }
  | { kind: 'reqPositions' }
  | { kind: 'cancelPositions' }
  | { kind: 'reqPositionsMulti'; reqId: number; account: string; modelCode: string }
  | { kind: 'cancelPositionsMulti'; reqId: number }
  | { kind: 'reqPnL'; reqId: number; account: string }
  | { kind: 'cancelPnL'; reqId: number }
  | { kind: 'reqPnLSingle'; reqId: number; account: string; conId: number }
  | { kind: 'cancelPnLSingle'; reqId: number }
  | { kind: 'reqExecutions'; reqId: number; filter: ExecutionFilter };

/** Empty text and client id 0 ask for everything. */
export interface ExecutionFilter {
  clientId: number;
  account: string;
  /** `yyyymmdd-hh:mm:ss` in UTC, or `yyyymmdd hh:mm:ss` with an optional zone. */
  time: string;
  symbol: string;
  secType: string;
  exchange: string;
  side: string;
}

export const accountDecoders: DecoderTable<AccountRequest> = {
  6: (f) => ({ kind: 'reqAccountUpdates', subscribe: f.flag(2), account: f.text(3) }),
  7: (f) => ({
    kind: 'reqExecutions',
    reqId: f.id(2),
    filter: {
      clientId: f.integer(3),
      account: f.text(4),
      time: f.text(5),
      symbol: f.text(6),
      secType: f.text(7),
      exchange: f.text(8),
      side: f.text(9),
    },
  }),
  17: () => ({ kind: 'reqManagedAccts' }),
  61: () => ({ kind: 'reqPositions' }),
  62: (f) => ({ kind: 'reqAccountSummary', reqId: f.id(2), tags: listOf(f.text(4)) }),
  63: (f) => ({ kind: 'cancelAccountSummary', reqId: f.id(2) }),
  64: () => ({ kind: 'cancelPositions' }),
  74: (f) => ({ kind: 'reqPositionsMulti', reqId: f.id(2), account: f.text(3), modelCode: f.text(4) }),
  75: (f) => ({ kind: 'cancelPositionsMulti', reqId: f.id(2) }),
  76: (f) => ({
    kind: 'reqAccountUpdatesMulti',
    reqId: f.id(2),
    account: f.text(3),
    modelCode: f.text(4),
  }),
  77: (f) => ({ kind: 'cancelAccountUpdatesMulti', reqId: f.id(2) }),
  92: (f) => ({ kind: 'reqPnL', reqId: f.id(1), account: f.text(2) }),
  93: (f) => ({ kind: 'cancelPnL', reqId: f.id(1) }),
  94: (f) => ({ kind: 'reqPnLSingle', reqId: f.id(1), account: f.text(2), conId: f.integer(4) }),
  95: (f) => ({ kind: 'cancelPnLSingle', reqId: f.id(1) }),
};

function listOf(csv: string): string[] {
  return csv
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
