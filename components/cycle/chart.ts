/** A cycle on a chart: its candles, its levels, and every fill where it happened. */
import type { CycleFact } from '@/server/engine/model/fact';
import type { Bar } from '@/server/engine/model/instrument';
import type { CycleRow } from '@/server/engine/model/rows';
import { type Candle, minuteOf } from '../chart/candle';
import type { Level, Mark } from '../chart/engine';
import type { Step } from './steps';

export function candlesOf(bars: readonly Bar[], tickSize: number): readonly Candle[] {
  return bars.map((bar) => ({
    ts: bar.ts,
    open: bar.openTicks * tickSize,
    high: bar.highTicks * tickSize,
    low: bar.lowTicks * tickSize,
    close: bar.closeTicks * tickSize,
  }));
}

export function levelsOf(row: CycleRow): readonly Level[] {
  const levels: readonly { price: number | null; title: string; tone: Level['tone']; dashed: boolean }[] = [
    { price: row.targetPrice, title: 'target', tone: 'safe', dashed: true },
    { price: row.entryPrice, title: 'entry', tone: 'accent', dashed: false },
    { price: row.exitPrice, title: 'exit', tone: 'mute', dashed: false },
    { price: row.stopPrice, title: 'stop', tone: 'danger', dashed: true },
  ];
  return levels.flatMap(({ price, ...level }) => (price === null ? [] : [{ price, ...level }]));
}

type Fill = Extract<CycleFact, { type: 'OrderFilled' }>;

function markOf(ts: number, fill: Fill, tickSize: number): Mark {
  return {
    ts: minuteOf(ts),
    price: fill.priceTicks * tickSize,
    text: `${fill.role} ${fill.quantity}`,
    tone:
      fill.role === 'entry'
        ? 'accent'
        : fill.role === 'target'
          ? 'safe'
          : fill.role === 'exit'
            ? 'mute'
            : 'danger',
    side: fill.side,
  };
}

/** Oldest first, as the chart wants them. */
export function fillsOf(steps: readonly Step[], tickSize: number): readonly Mark[] {
  return steps.flatMap((step) =>
    step.facts.flatMap((fact) => (fact.type === 'OrderFilled' ? [markOf(step.ts, fact, tickSize)] : [])),
  );
}
