/** The day's net result, one step a closed trade, with zero marked. */
'use client';

import { memo } from 'react';
import { Area, AreaChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { signedDollars } from '../live/format/money';
import { exchangeMinute } from '../live/format/time';

interface Point {
  ts: number;
  micros: number;
}

function Curve({ equity }: { equity: readonly Point[] }) {
  const data = equity.map((point, trade) => ({ trade, ts: point.ts, dollars: point.micros / 1_000_000 }));
  return (
    <div className="h-28 px-1 pt-3" role="img" aria-label="Net result after each trade of the day">
      <ResponsiveContainer width="100%" height="100%">
        <AreaChart data={data} margin={{ top: 4, right: 10, bottom: 0, left: 10 }} accessibilityLayer={false}>
          <XAxis dataKey="trade" type="number" domain={['dataMin', 'dataMax']} hide />
          <YAxis hide domain={['dataMin', 'dataMax']} padding={{ top: 4, bottom: 4 }} />
          <ReferenceLine y={0} stroke="var(--line-strong)" strokeDasharray="3 3" ifOverflow="extendDomain" />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)' }}
            content={({ active, payload }) => {
              const point: unknown = payload?.[0]?.payload;
              if (!active || !isPoint(point)) return null;
              return (
                <div className="rounded-md border border-line-strong bg-raised px-2 py-1 text-xs">
                  <span className="num">{signedDollars(point.dollars * 1_000_000)}</span>{' '}
                  <span className="num text-faint">{exchangeMinute(point.ts)}</span>
                </div>
              );
            }}
          />
          <Area
            dataKey="dollars"
            type="linear"
            baseValue={0}
            stroke="var(--accent)"
            strokeWidth={1.6}
            fill="var(--accent)"
            fillOpacity={0.1}
            dot={false}
            isAnimationActive={false}
          />
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Every quote brings a new day; the curve changes only with a closed trade. */
export const EquityChart = memo(
  Curve,
  (a, b) => a.equity.length === b.equity.length && a.equity.at(-1)?.ts === b.equity.at(-1)?.ts,
);

function isPoint(value: unknown): value is { ts: number; dollars: number } {
  return typeof value === 'object' && value !== null && 'ts' in value && 'dollars' in value;
}
