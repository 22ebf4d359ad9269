/** IB's notices about its data servers ("farms") -> which one, what it serves, how it is. */
import type { FarmService, FarmState } from '../../../engine/model/feed';

const SAYS: Readonly<Record<number, readonly [FarmService, FarmState]>> = {
  2103: ['market data', 'broken'],
  2104: ['market data', 'ok'],
  2105: ['history', 'broken'],
  2106: ['history', 'ok'],
  2107: ['history', 'idle'],
  2108: ['market data', 'idle'],
  2119: ['market data', 'connecting'],
  2157: ['contracts', 'broken'],
  2158: ['contracts', 'ok'],
};

export interface FarmNotice {
  farm: string;
  serves: FarmService;
  state: FarmState;
}

/** @param text e.g. `Market data farm connection is OK:usfuture`. @returns null when the code is not about a farm. */
export function farmOf(code: number, text: string): FarmNotice | null {
  const says = SAYS[code];
  if (says === undefined) return null;
  const [serves, state] = says;
  const name = /:\s*([^:]+?)\s*$/.exec(text)?.[1];
  return { farm: name ?? `the ${serves} server`, serves, state };
}
