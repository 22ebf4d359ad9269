/** One-minute bars: the last four hours once, then each bar when the next one begins. */
import { BarSizeSetting, EventName, WhatToShow } from '@stoqey/ib';
import type { Bar, Instrument } from '../../engine/model/instrument';
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
}

export function createBars(wire: Wire): DataLines {
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

  function cancel(requestId: number): void {
    lines.delete(requestId);
    wire.askMarket(() => wire.api.cancelHistoricalData(requestId));
  }

  return {
    subscribe: (instrument) => {
      for (const [requestId, line] of lines) {
        if (line.instrument.conId === instrument.conId) return;
        if (line.instrument.symbol === instrument.symbol) cancel(requestId);
      }
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
    },
    drop: () => {
      for (const requestId of lines.keys()) cancel(requestId);
    },
  };
}
