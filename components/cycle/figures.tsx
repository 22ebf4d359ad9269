/** The cycle in figures. */
import type { ReactNode } from 'react';
import type { CycleRow } from '@/server/engine/model/rows';
import { dollars } from '../live/format/money';
import { averagePrice, percent, price, rMultiple, signedTicks } from '../live/format/price';
import { duration } from '../live/format/time';
import { cn } from '../ui/cn';
import { heldMs } from './sort';

function Figure({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <div className="-mb-px -mr-px border-line border-r border-b px-4 py-2.5">
      <dt className="text-[11px] text-faint">{label}</dt>
      <dd className={cn('num font-medium text-[14.5px]', className)}>{children}</dd>
    </div>
  );
}

/** Worse than planned is a cost; better than planned is a minus. */
function slippage(ticks: number | null, micros: number | null): string {
  if (ticks === null || micros === null) return '–';
  return ticks === 0 ? '0' : `${signedTicks(ticks)} · ${dollars(micros)}`;
}

export function Figures({ row, tickSize }: { row: CycleRow; tickSize: number | null }) {
  const tick = tickSize ?? 0.25;
  const held = heldMs(row);
  const traded = row.filledTs !== null;
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(112px,1fr))] overflow-hidden rounded-[10px] border border-line bg-panel">
      <Figure label="Entry">{averagePrice(row.entryPrice, tick)}</Figure>
      <Figure label="Exit">{averagePrice(row.exitPrice, tick)}</Figure>
      <Figure label="Stop">{price(row.stopPrice, tick)}</Figure>
      <Figure label="Target">{price(row.targetPrice, tick)}</Figure>
      <Figure label="R">{rMultiple(row.rMultiple)}</Figure>
      <Figure label="Worst (MAE)" className={cn(traded && row.maeTicks < 0 && 'text-danger')}>
        {traded ? signedTicks(row.maeTicks) : '–'}
      </Figure>
      <Figure label="Best (MFE)" className={cn(traded && row.mfeTicks > 0 && 'text-safe')}>
        {traded ? signedTicks(row.mfeTicks) : '–'}
      </Figure>
      <Figure label="Slippage in">{slippage(row.entrySlippageTicks, row.entrySlippageMicros)}</Figure>
      <Figure label="Slippage out">{slippage(row.exitSlippageTicks, row.exitSlippageMicros)}</Figure>
      <Figure label="Fees">{traded ? dollars(row.commissionMicros) : '–'}</Figure>
      <Figure label="Held">{held === null ? '–' : duration(held)}</Figure>
      <Figure label="Fill → protected">
        {row.protectedAfterMs === null ? '–' : duration(row.protectedAfterMs)}
      </Figure>
      <Figure label="Signal confidence">{row.confidence === null ? '–' : percent(row.confidence)}</Figure>
    </dl>
  );
}
