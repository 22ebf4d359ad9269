/** Market data lines: one subscription per instrument, told as quotes in ticks at a bounded rate. */
import { EventName } from '@stoqey/ib';
import type { Instrument } from '../../engine/model/instrument';
import { type Conflated, conflate } from './conflate';
import { contractOf } from './translate/instrument';
import { EMPTY_TOUCH, type Touch, withPrice, withSize } from './translate/quote';
import type { Wire } from './wire';

interface Line {
  instrument: Instrument;
  touch: Touch;
  told: Conflated;
}

export interface DataLines {
  /** Subscribes; does nothing when this contract already is, replaces another month of the same symbol. */
  subscribe(instrument: Instrument): void;
  /** Cancels everything. */
  drop(): void;
}

export function createQuotes(wire: Wire): DataLines & { close(): void } {
  const lines = new Map<number, Line>();

  function change(requestId: number, next: (line: Line) => Touch | null): void {
    const line = lines.get(requestId);
    const touch = line && next(line);
    if (!line || !touch) return;
    line.touch = touch;
    line.told.touch();
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

  function cancel(requestId: number, line: Line): void {
    line.told.close();
    lines.delete(requestId);
    wire.askMarket(() => wire.api.cancelMktData(requestId));
  }

  return {
    subscribe: (instrument) => {
      for (const [requestId, line] of lines) {
        if (line.instrument.conId === instrument.conId) return;
        if (line.instrument.symbol === instrument.symbol) cancel(requestId, line);
      }
      const requestId = wire.requestId(`quotes of ${instrument.localSymbol}`);
      const line: Line = {
        instrument,
        touch: EMPTY_TOUCH,
        told: conflate(wire.settings.clock, wire.settings.quoteMs, () =>
          wire.emit({ type: 'QuoteReceived', quote: { symbol: instrument.symbol, ...line.touch } }),
        ),
      };
      lines.set(requestId, line);
      wire.askMarket(() => wire.api.reqMktData(requestId, contractOf(instrument), '', false, false));
    },
    drop: () => {
      for (const [requestId, line] of lines) cancel(requestId, line);
    },
    close: () => {
      for (const line of lines.values()) line.told.close();
    },
  };
}
