/**
 * Market data lines: one subscription per instrument, told as quotes in ticks at a bounded rate. Quotes that do not come are asked for again
 * until they do: another session of the same login may take them for hours (10197), and after IB's nightly reset a line may stay silent
 * although its farm is well; nobody tells when that ends.
 */
import { EventName } from '@stoqey/ib';
import { type Instrument, sessionAt } from '../../engine/model/instrument';
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
  /** Why none come, as it was told: the code of IB's refusal, or a silence. Null while they come. */
  trouble: Trouble | null;
  heardHostMs: number;
  again?: Cancel;
}

type Trouble = number | 'silent';

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
  const { clock, quoteMs, subscribeAgainMs, silentQuotesMs } = wire.settings;
  const lines = new Map<number, Line>();

  function change(requestId: number, next: (line: Line) => Touch | null): void {
    const line = lines.get(requestId);
    const touch = line && next(line);
    if (!line || !touch) return;
    line.touch = touch;
    line.told.touch();
    line.heardHostMs = clock.now().hostMs;
    if (line.trouble !== null) resumed(requestId, line);
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

  function open(instrument: Instrument, trouble: Trouble | null): void {
    const requestId = wire.requestId(`quotes of ${instrument.localSymbol}`);
    const line: Line = {
      instrument,
      touch: EMPTY_TOUCH,
      told: conflate(clock, quoteMs, () =>
        wire.emit({ type: 'QuoteReceived', quote: { symbol: instrument.symbol, ...line.touch } }),
      ),
      trouble,
      heardHostMs: clock.now().hostMs,
    };
    lines.set(requestId, line);
    if (trouble === null) listen(requestId, line, silentQuotesMs);
    else askAgainLater(requestId, line);
    wire.askMarket(() => wire.api.reqMktData(requestId, contractOf(instrument), '', false, false));
  }

  function forget(requestId: number, line: Line): void {
    line.told.close();
    line.again?.();
    lines.delete(requestId);
    wire.answered(requestId);
  }

  function cancel(requestId: number, line: Line): void {
    forget(requestId, line);
    // what the broker does not know it cannot cancel; a line that another session took it still knows
    if (typeof line.trouble === 'number' && line.trouble !== CODE.competingSession) return;
    wire.askMarket(() => wire.api.cancelMktData(requestId));
  }

  function askAgainLater(requestId: number, line: Line): void {
    line.again?.();
    line.again = clock.after(subscribeAgainMs, () => {
      cancel(requestId, line);
      open(line.instrument, line.trouble);
    });
  }

  /** A venue that is open and a line that says nothing: something is wrong, whatever IB's notices say. */
  function listen(requestId: number, line: Line, afterMs: number): void {
    line.again?.();
    line.again = clock.after(afterMs, () => {
      const { ts, hostMs } = clock.now();
      const silentMs = hostMs - line.heardHostMs;
      if (silentMs < silentQuotesMs || sessionAt(line.instrument, ts) === null) {
        listen(requestId, line, Math.max(subscribeAgainMs, silentQuotesMs - silentMs));
        return;
      }
      const text = `No quote of ${line.instrument.localSymbol} came for ${Math.round(silentMs / 1_000)} s although its venue is open: asked for again until one comes.`;
      wire.emit({ type: 'BrokerNotice', code: CODE.adapter, text });
      cancel(requestId, line);
      open(line.instrument, 'silent');
    });
  }

  function resumed(requestId: number, line: Line): void {
    if (line.trouble !== 'silent') wire.emit({ type: 'QuotesResumed', symbol: line.instrument.symbol });
    line.trouble = null;
    listen(requestId, line, silentQuotesMs);
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
      if (line.trouble !== code) {
        const competing = code === CODE.competingSession;
        wire.emit({ type: 'QuotesRefused', symbol: line.instrument.symbol, code, text, competing });
      }
      line.trouble = code;
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
