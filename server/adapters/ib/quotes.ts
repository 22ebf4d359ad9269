/**
 * Market data lines: one subscription per instrument, told as quotes in ticks at a bounded rate. Quotes that the broker refuses are asked for
 * again until they come: another session of the same login may take them for hours (10197), and nobody tells when it ends.
 */
import { EventName } from '@stoqey/ib';
import type { Instrument } from '../../engine/model/instrument';
import type { Cancel } from '../../ports';
import { type Conflated, conflate } from './conflate';
import { CODE } from './translate/codes';
import { contractOf } from './translate/instrument';
import { EMPTY_TOUCH, type Touch, withPrice, withSize } from './translate/quote';
import type { Wire } from './wire';

interface Line {
  instrument: Instrument;
  touch: Touch;
  told: Conflated;
  /** Code of the refusal that was told; null while quotes come. */
  refused: number | null;
  again?: Cancel;
}

export interface DataLines {
  /** Subscribes; does nothing when this contract already is, replaces another month of the same symbol. */
  subscribe(instrument: Instrument): void;
  /** Cancels everything. */
  drop(): void;
}

export interface QuoteLines extends DataLines {
  /** The broker refused request `requestId`. @returns whether it is about quotes, and has been told as such. */
  failed(requestId: number, code: number, text: string): boolean;
  close(): void;
}

export function createQuotes(wire: Wire): QuoteLines {
  const { clock, quoteMs, subscribeAgainMs } = wire.settings;
  const lines = new Map<number, Line>();

  function change(requestId: number, next: (line: Line) => Touch | null): void {
    const line = lines.get(requestId);
    const touch = line && next(line);
    if (!line || !touch) return;
    line.touch = touch;
    line.told.touch();
    if (line.refused !== null) resumed(line);
  }

  wire.api.on(
    EventName.tickPrice,
    wire.guard((requestId: number, tickType: number, price: number) =>
      change(requestId, (line) => withPrice(line.touch, tickType, price, line.instrument.tickSize)),
    ),
  );
  wire.api.on(
    EventName.tickSize,
    wire.guard((requestId: number, tickType?: number, size?: number) =>
      change(requestId, (line) => withSize(line.touch, tickType ?? -1, size ?? 0)),
    ),
  );

  function open(instrument: Instrument, refused: number | null): void {
    const requestId = wire.requestId(`quotes of ${instrument.localSymbol}`);
    const line: Line = {
      instrument,
      touch: EMPTY_TOUCH,
      told: conflate(clock, quoteMs, () =>
        wire.emit({ type: 'QuoteReceived', quote: { symbol: instrument.symbol, ...line.touch } }),
      ),
      refused,
    };
    lines.set(requestId, line);
    if (refused !== null) askAgainLater(requestId, line);
    wire.askMarket(() => wire.api.reqMktData(requestId, contractOf(instrument), '', false, false));
  }

  function forget(requestId: number, line: Line): void {
    line.told.close();
    line.again?.();
    lines.delete(requestId);
  }

  function cancel(requestId: number, line: Line): void {
    forget(requestId, line);
    // what the broker does not know it cannot cancel; a line that another session took it still knows
    if (line.refused !== null && line.refused !== CODE.competingSession) return;
    wire.askMarket(() => wire.api.cancelMktData(requestId));
  }

  function askAgainLater(requestId: number, line: Line): void {
    line.again?.();
    line.again = clock.after(subscribeAgainMs, () => {
      cancel(requestId, line);
      open(line.instrument, line.refused);
    });
  }

  function resumed(line: Line): void {
    line.refused = null;
    line.again?.();
    wire.emit({ type: 'QuotesResumed', symbol: line.instrument.symbol });
  }

  return {
    subscribe: (instrument) => {
      for (const [requestId, line] of lines) {
        if (line.instrument.conId === instrument.conId) return;
        if (line.instrument.symbol === instrument.symbol) cancel(requestId, line);
      }
      open(instrument, null);
    },
    failed: (requestId, code, text) => {
      const line = lines.get(requestId);
      if (line === undefined || code === CODE.partlySubscribed) return false;
      if (line.refused !== code) {
        const competing = code === CODE.competingSession;
        wire.emit({ type: 'QuotesRefused', symbol: line.instrument.symbol, code, text, competing });
      }
      line.refused = code;
      askAgainLater(requestId, line);
      return true;
    },
    drop: () => {
      for (const [requestId, line] of lines) cancel(requestId, line);
    },
    close: () => {
      for (const [requestId, line] of lines) forget(requestId, line);
    },
  };
}
