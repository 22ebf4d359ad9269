/** The prices of a cycle, from ten minutes before to ten minutes after. */
'use client';

import { useId, useMemo } from 'react';
import { Attribution } from '../chart/attribution';
import { PriceChart } from '../chart/price-chart';
import { Empty, Panel, PanelHead } from '../ui/panel';
import { candlesOf, fillsOf, levelsOf } from './chart';
import type { CycleStory } from './queries';
import type { Step } from './steps';

interface CycleChartProps {
  story: CycleStory;
  steps: readonly Step[];
  tickSize: number | null;
}

export function CycleChart({ story, steps, tickSize }: CycleChartProps) {
  const id = useId();
  const { row, bars } = story;
  const drawn = useMemo(
    () =>
      tickSize === null
        ? null
        : { candles: candlesOf(bars, tickSize), levels: levelsOf(row), marks: fillsOf(steps, tickSize) },
    [row, bars, steps, tickSize],
  );
  return (
    <Panel aria-labelledby={id}>
      <PanelHead id={id} title="Price" note={`${row.localSymbol}, one-minute candles`}>
        <span className="text-xs">
          <Attribution />
        </span>
      </PanelHead>
      {drawn === null || drawn.candles.length === 0 || tickSize === null ? (
        <Empty title="No bars around this cycle" />
      ) : (
        <PriceChart
          subject={row.cycleId}
          bars={drawn.candles}
          forming={null}
          tickSize={tickSize}
          levels={drawn.levels}
          marks={drawn.marks}
          live={false}
          look="all"
          label={`Prices of ${row.localSymbol} around the cycle`}
          className="h-[300px]"
        />
      )}
    </Panel>
  );
}
