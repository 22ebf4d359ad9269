/**
 * One-minute bars: the last four hours once, then each bar when the next one begins. A line that IB ends or refuses (its history server is
 * down, 162 or 10182) is asked for again after some minutes: IB counts questions for history.
 */
import { BarSizeSetting, EventName, WhatToShow } from '@stoqey/ib';
import type { Bar, Instrument } from '../../engine/model/instrument';
import type { Cancel } from '../../ports';
import type { DataLines } from './quotes';
import { advance, BARS_MAX, type BarSeries, barOf, type IbBar } from './translate/bar';
import { CODE } from './translate/codes';
import { contractOf } from './translate/instrument';
import type { Wire } from './wire';

const FOUR_HOURS = '14400 S';
const EPOCH_SECONDS = 2;
const END_MARKER = 'finished';

interface Line {
  instrument: Instrument;
  loading: Bar[];
  series: BarSeries;
  again?: Cancel;
}

export interface BarLines extends DataLines {
  /** The broker refused or ended request `requestId`. */
  failed(requestId: number): void;
  close(): void;
}

export function createBars(wire: Wire): BarLines {
  const { clock, barsAgainMs } = wire.settings;
  const lines = new Map<number, Line>();

  function readable(line: Line, bar: IbBar): Bar | null {
    const read = barOf(bar, line.instrument);
    if (read === null) {
      const text = `A bar of ${line.instrument.localSymbol} could not be read and was left out: ${JSON.stringify(bar)}`;
      wire.emit({ type: 'BrokerNotice', code: CODE.adapter, text });
    }
    return read;
  }

  /** The newest bar of the answer is still forming. */
  function loaded(line: Line): void {
    const bars = line.loading.slice(-BARS_MAX);
    line.loading = [];
    line.series = { forming: bars.pop() ?? null };
    wire.emit({ type: 'BarsLoaded', symbol: line.instrument.symbol, bars });
  }

  wire.api.on(
    EventName.historicalData,
    wire.guard(
      (
        requestId: number,
        time: string,
        open: number,
        high: number,
        low: number,
        close: number,
        volume: number,
      ) => {
        const line = lines.get(requestId);
        if (!line) return;
        if (time.startsWith(END_MARKER)) return loaded(line);
        const bar = readable(line, { time, open, high, low, close, volume });
        if (bar !== null) line.loading.push(bar);
      },
    ),
  );
  wire.api.on(
    EventName.historicalDataUpdate,
    wire.guard(
      (
        requestId: number,
        time: string,
        open: number,
        high: number,
        low: number,
        close: number,
        volume: number,
      ) => {
        const line = lines.get(requestId);
        const bar = line && readable(line, { time, open, high, low, close, volume });
        if (!line || !bar) return;
        const { series, closed } = advance(line.series, bar);
        line.series = series;
        if (closed !== null) wire.emit({ type: 'BarClosed', symbol: line.instrument.symbol, bar: closed });
      },
    ),
  );

  function forget(requestId: number): void {
    lines.get(requestId)?.again?.();
    lines.delete(requestId);
    wire.answered(requestId);
  }

  function cancel(requestId: number): void {
    forget(requestId);
    wire.askMarket(() => wire.api.cancelHistoricalData(requestId));
  }

  function open(instrument: Instrument): void {
    const requestId = wire.requestId(`bars of ${instrument.localSymbol}`);
    lines.set(requestId, { instrument, loading: [], series: { forming: null } });
    wire.askMarket(() =>
      wire.api.reqHistoricalData(
        requestId,
        contractOf(instrument),
        '',
        FOUR_HOURS,
        BarSizeSetting.MINUTES_ONE,
        WhatToShow.TRADES,
        false,
        EPOCH_SECONDS,
        true,
      ),
    );
  }

  return {
    subscribe: (instrument) => {
      for (const [requestId, line] of lines) {
        if (line.instrument.conId === instrument.conId) return;
        if (line.instrument.symbol === instrument.symbol) cancel(requestId);
      }
      open(instrument);
    },
    failed: (requestId) => {
      const line = lines.get(requestId);
      if (line === undefined || line.again !== undefined) return;
      line.again = clock.after(barsAgainMs, () => {
        forget(requestId);
        open(line.instrument);
      });
    },
    drop: () => {
      for (const requestId of lines.keys()) cancel(requestId);
    },
    close: () => {
      for (const requestId of lines.keys()) forget(requestId);
    },
  };
}
