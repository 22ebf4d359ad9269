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
import { futureQuery } from './translate/instrument';
import { frontByCalendar, monthsOf, rivals, withRoll } from './translate/month';
import type { Usage } from './usage';
import type { Volumes } from './volumes';
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
    volumes: Volumes;
    usage: Usage;
    resolved(instrument: Instrument): void;
  },
): Contracts {
  const { clock, symbols, answerMs, resolveAgainMs, frontMonth } = wire.settings;
  const open = new Map<number, Collector<ContractDetails>>();
  const said = new Set<string>();
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
      wire.answered(requestId);
    }
  }

  /** By volume only where both rivals tell theirs, and never back to an earlier month. */
  async function frontByVolume(months: readonly Instrument[], byCalendar: Instrument): Promise<Instrument> {
    const [near, far] = rivals(months, clock.now().ts);
    if (near === undefined || far === undefined) return byCalendar;
    try {
      const [nearVolume, farVolume] = await Promise.all([deps.volumes.of(near), deps.volumes.of(far)]);
      const current = deps.instruments.bySymbol(near.symbol);
      return farVolume > nearVolume || current?.conId === far.conId ? far : near;
    } catch (error) {
      notice(`${wordsOf(error)}. The front month of ${near.symbol} is chosen by the calendar.`);
      return byCalendar;
    }
  }

  async function resolveOne(
    symbol: string,
    inUse: { held: ReadonlySet<number>; working(conId: number): boolean },
  ): Promise<void> {
    const details = await months(symbol);
    const listed = monthsOf(symbol, details);
    const isUsed = (conId: number) => inUse.held.has(conId) || inUse.working(conId);
    const byCalendar = frontByCalendar(listed, isUsed, clock.now().ts);
    if (byCalendar === null) {
      throw new Error(`contracts of ${symbol}: none of ${details.length} months can be traded`);
    }
    const byVolume = frontMonth === 'volume' && !isUsed(byCalendar.conId);
    const front = byVolume ? await frontByVolume(listed, byCalendar) : byCalendar;
    if (wire.closed) return;
    // asked again at the last moment: what was sent meanwhile went to the month that is known
    const known = deps.instruments.bySymbol(symbol);
    const chosen = known !== null && isUsed(known.conId) ? known.conId : front.conId;
    const month = listed.find(({ conId }) => conId === chosen);
    if (month === undefined)
      throw new Error(`contracts of ${symbol}: ${known?.localSymbol} is in use and not listed any more`);
    const instrument = withRoll(month, listed, { nowTs: clock.now().ts, inUse: isUsed(chosen) });
    deps.instruments.set(instrument, clock.now().hostMs);
    wire.emit({ type: 'InstrumentResolved', instrument });
    deps.resolved(instrument);
  }

  /** What is tried again every few seconds is said once. */
  function notice(text: string): void {
    if (said.has(text)) return;
    said.add(text);
    wire.emit({ type: 'BrokerNotice', code: CODE.adapter, text });
  }

  async function resolve(): Promise<void> {
    stopWaiting?.();
    freshUntilTs = Number.POSITIVE_INFINITY;
    const working = deps.usage.watch();
    const positions = deps.positions().then(heldConIds);
    const outcomes = await Promise.allSettled(
      symbols.map(async (symbol) => resolveOne(symbol, { held: await positions, working })),
    );
    if (wire.closed) return;
    freshUntilTs = clock.now().ts + HOURS_ARE_FRESH_MS;
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
    for (const { reason } of failures) notice(`${wordsOf(reason)}. Asking again.`);
    if (failures.length === 0) said.clear();
    else stopWaiting = clock.after(resolveAgainMs, () => void resolve());
  }

  return {
    resolve,
    refresh: () => {
      if (clock.now().ts >= freshUntilTs) void resolve();
    },
    failed: (requestId, text) => {
      open.get(requestId)?.fail(text);
      deps.volumes.failed(requestId, text);
    },
    close: () => stopWaiting?.(),
  };
}

function heldConIds(rows: readonly PositionRow[]): ReadonlySet<number> {
  const held = rows.filter((row) => row.quantity !== 0).map((row) => row.contract.conId ?? 0);
  return new Set(held);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
