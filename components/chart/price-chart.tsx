/** Candles with levels and marks on them. What it is given is what it shows; it asks nobody. */
'use client';

import { useEffect, useRef, useState } from 'react';
import { cn } from '../ui/cn';
import { useTheme } from '../ui/theme';
import type { Candle } from './candle';
import { type Candles, createCandles, type Level, type Mark } from './engine';

interface PriceChartProps {
  /** Changes when another instrument or cycle is shown: the view then starts anew. */
  subject: string;
  bars: readonly Candle[];
  forming: Candle | null;
  tickSize: number;
  levels: readonly Level[];
  marks: readonly Mark[];
  /** The newest close is the price now. */
  live: boolean;
  /** Candles shown at first. */
  look: number | 'all';
  label: string;
  className?: string;
}

export function PriceChart(props: PriceChartProps) {
  const { subject, bars, forming, tickSize, levels, marks, look, live } = props;
  const holder = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<Candles | null>(null);
  const { theme } = useTheme();

  useEffect(() => {
    if (holder.current === null) return;
    const made = createCandles(holder.current, { live });
    setChart(made);
    return () => made.remove();
  }, [live]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is what the palette is read from
  useEffect(() => chart?.repaint(), [chart, theme]);
  useEffect(() => chart?.candles(bars, tickSize), [chart, bars, tickSize]);
  useEffect(() => {
    const closed = bars.at(-1);
    if (forming !== null && (closed === undefined || forming.ts > closed.ts)) chart?.newest(forming);
  }, [chart, bars, forming]);
  useEffect(() => chart?.levels(levels), [chart, levels]);
  useEffect(() => chart?.marks(marks), [chart, marks]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new subject, or its first bars, begins a new look
  useEffect(() => chart?.look(look), [chart, subject, bars.length > 0, look]);

  return (
    <div
      ref={holder}
      role="img"
      aria-label={props.label}
      className={cn('h-[340px] w-full', props.className)}
    />
  );
}
