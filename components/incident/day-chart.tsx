/** The day as prices, with every order on it in the colour of its verdict. */
'use client';

import { useMemo } from 'react';
import type { LevelTone, Mark } from '../chart/engine';
import { PriceChart } from '../chart/price-chart';
import type { Day, OrderLine } from './queries';

const TONES: Readonly<Record<string, LevelTone>> = {
  blocked: 'danger',
  passed: 'safe',
  exit: 'accent',
  protection: 'mute',
};
const NO_LEVELS: readonly never[] = [];
const TICK = 0.25;
/** More names than this would cover the prices. */
const NAMED_MAX = 24;

interface DayChartProps {
  day: Day;
  orders: readonly OrderLine[];
  chosen: OrderLine | null;
}

export function DayChart({ day, orders, chosen }: DayChartProps) {
  const marks = useMemo(() => {
    const first = day.bars[0]?.ts ?? 0;
    return orders
      .filter(({ ts, price }) => price !== null && ts >= first)
      .map(
        (order): Mark => ({
          ts: Math.floor(order.ts / 60_000) * 60_000,
          price: order.price ?? 0,
          side: order.side,
          tone: TONES[order.outcome] ?? 'caution',
          text: order.key === chosen?.key || orders.length <= NAMED_MAX ? String(order.orderId) : '',
        }),
      );
  }, [day, orders, chosen]);
  return (
    <PriceChart
      subject={day.day}
      bars={day.bars}
      forming={null}
      tickSize={TICK}
      levels={NO_LEVELS}
      marks={marks}
      live={false}
      look="all"
      label={`One-minute candles of ${day.day} with ${orders.length} orders, coloured by verdict`}
      className="h-[clamp(240px,38dvh,480px)]"
    />
  );
}
