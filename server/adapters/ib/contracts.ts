/**
 * Finds the contract to trade for each symbol and keeps its trading hours fresh: contract details tell only the next few days.
 * Nothing is subscribed and no report is made before the contracts are known.
 */
import { type ContractDetails, EventName } from '@stoqey/ib';
import type { Instrument } from '../../engine/model/instrument';
import type { Cancel } from '../../ports';
import { type Collector, collect } from './collector';
import type { Instruments } from './instruments';
import type { PositionRow } from './positions';
import { CODE } from './translate/codes';
import { contractToTrade, futureQuery, instrumentOf } from './translate/instrument';
import type { Wire } from './wire';

/** Exchange time. */
const HOURS_ARE_FRESH_MS = 6 * 3_600_000;

export interface Contracts {
  /** Resolves every symbol; settles without throwing when each has an answer or has failed with a notice. */
  resolve(): Promise<void>;
  /** Resolves again when the hours are old. */
  refresh(): void;
  /** The broker refused request `requestId`. */
  failed(requestId: number, text: string): void;
  close(): void;
}

export function createContracts(
  wire: Wire,
  deps: {
    instruments: Instruments;
    positions(): Promise<readonly PositionRow[]>;
    resolved(instrument: Instrument): void;
  },
): Contracts {
  const { clock, symbols, answerMs, resolveAgainMs } = wire.settings;
  const open = new Map<number, Collector<ContractDetails>>();
  let freshUntilTs = Number.POSITIVE_INFINITY;
  let stopWaiting: Cancel | undefined;

  wire.api.on(
    EventName.contractDetails,
    wire.guard((requestId: number, details: ContractDetails) => open.get(requestId)?.add(details)),
  );
  wire.api.on(
    EventName.contractDetailsEnd,
    wire.guard((requestId: number) => open.get(requestId)?.end()),
  );

  async function months(symbol: string): Promise<readonly ContractDetails[]> {
    const subject = `contracts of ${symbol}`;
    const requestId = wire.requestId(subject);
    const answer = collect<ContractDetails>(subject, clock, answerMs);
    open.set(requestId, answer);
    wire.ask(() => wire.api.reqContractDetails(requestId, futureQuery(symbol)));
    try {
      return await answer.rows;
    } finally {
      open.delete(requestId);
    }
  }

  async function resolveOne(symbol: string, held: ReadonlySet<number>): Promise<void> {
    const details = await months(symbol);
    const candidates = details.map(instrumentOf).filter((instrument) => instrument !== null);
    const instrument = contractToTrade(candidates, held, clock.now().ts);
    if (instrument === null) {
      throw new Error(`contracts of ${symbol}: none of ${details.length} months can be traded`);
    }
    if (wire.closed) return;
    deps.instruments.set(instrument);
    wire.emit({ type: 'InstrumentResolved', instrument });
    deps.resolved(instrument);
  }

  async function resolve(): Promise<void> {
    stopWaiting?.();
    freshUntilTs = Number.POSITIVE_INFINITY;
    const held = deps.positions().then(heldConIds);
    const outcomes = await Promise.allSettled(symbols.map(async (symbol) => resolveOne(symbol, await held)));
    if (wire.closed) return;
    freshUntilTs = clock.now().ts + HOURS_ARE_FRESH_MS;
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
    for (const failure of failures) {
      const text = `${failure.reason instanceof Error ? failure.reason.message : failure.reason}. Asking again.`;
      wire.emit({ type: 'BrokerNotice', code: CODE.adapter, text });
    }
    if (failures.length > 0) stopWaiting = clock.after(resolveAgainMs, () => void resolve());
  }

  return {
    resolve,
    refresh: () => {
      if (clock.now().ts >= freshUntilTs) void resolve();
    },
    failed: (requestId, text) => open.get(requestId)?.fail(text),
    close: () => stopWaiting?.(),
  };
}

function heldConIds(rows: readonly PositionRow[]): ReadonlySet<number> {
  const held = rows.filter((row) => row.quantity !== 0).map((row) => row.contract.conId ?? 0);
  return new Set(held);
}
