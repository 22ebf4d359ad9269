/** lightweight-charts behind four verbs: paint it, give it candles, levels, and marks. Times on its axis are US/Central. */
import {
  type AutoscaleInfo,
  CandlestickSeries,
  ColorType,
  CrosshairMode,
  createChart,
  createSeriesMarkers,
  type IPriceLine,
  LineStyle,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { decimalsOf, price } from '../live/format/price';
import { exchangeDate, exchangeMinute, exchangeTime } from '../live/format/time';
import type { Candle } from './candle';
import { type Palette, readPalette } from './palette';

export type LevelTone = 'accent' | 'safe' | 'danger' | 'caution' | 'mute';

export interface Level {
  price: number;
  title: string;
  tone: LevelTone;
  dashed: boolean;
}

export interface Mark {
  ts: number;
  price: number;
  text: string;
  tone: LevelTone;
  /** Which way the order went. */
  side: 'BUY' | 'SELL';
}

export interface Candles {
  repaint(): void;
  candles(candles: readonly Candle[], tickSize: number): void;
  /** Replaces or appends the newest candle. */
  newest(candle: Candle): void;
  levels(levels: readonly Level[]): void;
  marks(marks: readonly Mark[]): void;
  /** Shows the newest `count` candles, or all of them. */
  look(count: number | 'all'): void;
  remove(): void;
}

/** Empty candles kept to the right of the newest. */
const RIGHT_ROOM = 6;
const MAX_CANDLE_PX = 16;

function seconds(ts: number): UTCTimestamp {
  return Math.floor(ts / 1000) as UTCTimestamp;
}

function msOf(time: Time): number {
  return typeof time === 'number' ? time * 1000 : Date.parse(String(time));
}

function surface(palette: Palette, fontFamily: string) {
  return {
    layout: {
      background: { type: ColorType.Solid, color: palette.panel },
      textColor: palette.faint,
      fontSize: 11,
      fontFamily,
      attributionLogo: false,
    },
    grid: {
      vertLines: { visible: false },
      horzLines: { color: palette.line, style: LineStyle.SparseDotted },
    },
    crosshair: {
      mode: CrosshairMode.Normal,
      vertLine: { color: palette.faint, labelBackgroundColor: palette.lineStrong },
      horzLine: { color: palette.faint, labelBackgroundColor: palette.lineStrong },
    },
  };
}

/** Rising minutes are hollow, falling ones filled: the shape tells them apart without a colour. */
function candleColors(palette: Palette) {
  return {
    upColor: palette.panel,
    downColor: palette.faint,
    borderUpColor: palette.ink,
    borderDownColor: palette.faint,
    wickUpColor: palette.mute,
    wickDownColor: palette.faint,
    priceLineColor: palette.mute,
  };
}

/** Draws into `container` and follows its size. @param live the newest close is the price now, and gets its own line. */
export function createCandles(container: HTMLElement, { live }: { live: boolean }): Candles {
  const fontFamily = getComputedStyle(document.body).fontFamily;
  let palette = readPalette();
  let prices: readonly number[] = [];
  let shownLevels: readonly Level[] = [];
  let shownMarks: readonly Mark[] = [];
  let lines: IPriceLine[] = [];
  let whole = false;

  const chart = createChart(container, {
    autoSize: true,
    ...surface(palette, fontFamily),
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.08, bottom: 0.08 } },
    timeScale: {
      borderVisible: false,
      timeVisible: true,
      rightOffset: RIGHT_ROOM,
      maxBarSpacing: MAX_CANDLE_PX,
      // a whole day of minutes fits a phone
      minBarSpacing: 0.1,
      tickMarkFormatter: (time: Time) => exchangeMinute(msOf(time)),
    },
    localization: {
      timeFormatter: (time: Time) => `${exchangeDate(msOf(time))} ${exchangeTime(msOf(time))}`,
    },
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false },
  });
  /** Stop and target stay in the picture however far the price is from them. */
  const autoscaleInfoProvider = (original: () => AutoscaleInfo | null): AutoscaleInfo | null => {
    const info = original();
    if (info?.priceRange == null) return info;
    const { minValue, maxValue } = info.priceRange;
    return {
      ...info,
      priceRange: { minValue: Math.min(minValue, ...prices), maxValue: Math.max(maxValue, ...prices) },
    };
  };
  const series = chart.addSeries(CandlestickSeries, {
    ...candleColors(palette),
    autoscaleInfoProvider,
    lastValueVisible: live,
    priceLineVisible: live,
  });
  const markers = createSeriesMarkers<Time>(series, []);

  const drawLevels = () => {
    for (const line of lines) series.removePriceLine(line);
    lines = shownLevels.map((level) =>
      series.createPriceLine({
        price: level.price,
        title: level.title,
        color: palette[level.tone],
        axisLabelTextColor: palette.panel,
        lineWidth: 1,
        lineStyle: level.dashed ? LineStyle.Dashed : LineStyle.Solid,
        axisLabelVisible: true,
      }),
    );
  };
  const drawMarks = () =>
    markers.setMarkers(
      shownMarks.map(
        (mark): SeriesMarker<Time> => ({
          time: seconds(mark.ts),
          position: mark.side === 'BUY' ? 'belowBar' : 'aboveBar',
          shape: mark.side === 'BUY' ? 'arrowUp' : 'arrowDown',
          color: palette[mark.tone],
          text: mark.text,
          size: 0.8,
        }),
      ),
    );

  // what is shown whole stays whole in a window of another width
  chart.timeScale().subscribeSizeChange(() => {
    if (whole) chart.timeScale().fitContent();
  });

  return {
    repaint: () => {
      palette = readPalette();
      chart.applyOptions(surface(palette, fontFamily));
      series.applyOptions(candleColors(palette));
      drawLevels();
      drawMarks();
    },
    candles: (candles, tickSize) => {
      series.applyOptions({
        priceFormat: { type: 'price', precision: decimalsOf(tickSize), minMove: tickSize },
      });
      chart.applyOptions({ localization: { priceFormatter: (value: number) => price(value, tickSize) } });
      series.setData(candles.map(({ ts, ...prices }) => ({ time: seconds(ts), ...prices })));
    },
    newest: ({ ts, ...candle }) => series.update({ time: seconds(ts), ...candle }),
    levels: (levels) => {
      shownLevels = levels;
      prices = levels.map((level) => level.price);
      drawLevels();
    },
    marks: (marks) => {
      shownMarks = marks;
      drawMarks();
    },
    look: (count) => {
      whole = count === 'all';
      if (count === 'all') return chart.timeScale().fitContent();
      const length = series.data().length;
      chart.timeScale().setVisibleLogicalRange({ from: length - count, to: length + RIGHT_ROOM });
    },
    remove: () => chart.remove(),
  };
}
