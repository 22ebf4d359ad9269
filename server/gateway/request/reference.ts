/** Requests about contracts and about the gateway itself. */
import type { ContractQuery } from '../../exchange/words';
import { readContract } from './contract';
import type { DecoderTable } from './table';

export type ReferenceRequest =
  | { kind: 'reqContractDetails'; reqId: number; contract: ContractQuery }
  | { kind: 'reqMarketRule'; ruleId: number }
  | { kind: 'reqMatchingSymbols'; reqId: number; pattern: string }
  | { kind: 'reqSecDefOptParams'; reqId: number }
  | { kind: 'reqCurrentTime' }
  | { kind: 'reqIds' }
  | { kind: 'reqUserInfo'; reqId: number }
  | { kind: 'setServerLogLevel' };

export const referenceDecoders: DecoderTable<ReferenceRequest> = {
  8: () => ({ kind: 'reqIds' }),
  9: (f) => ({ kind: 'reqContractDetails', reqId: f.id(2), contract: readContract(f, 3) }),
  14: () => ({ kind: 'setServerLogLevel' }),
  49: () => ({ kind: 'reqCurrentTime' }),
  78: (f) => ({ kind: 'reqSecDefOptParams', reqId: f.id(1) }),
  81: (f) => ({ kind: 'reqMatchingSymbols', reqId: f.id(1), pattern: f.text(2) }),
  91: (f) => ({ kind: 'reqMarketRule', ruleId: f.integer(1) }),
  104: (f) => ({ kind: 'reqUserInfo', reqId: f.id(1) }),
};
