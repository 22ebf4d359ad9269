/** The strip over every page. It stays in place while the page scrolls; the kill switches are handed in. */
import Link from 'next/link';
import type { ReactNode } from 'react';
import { GatewayCell } from './gateway-cell';
import { Logo } from './logo';
import { MarketCell } from './market-cell';
import { RestartCell } from './restart-cell';
import { AccountCell, DayCell, ExchangeClockCell, ModeCell, ProtectionCell } from './strip-cells';
import { VenueBar, VenuePill } from './venue';

interface StripProps {
  killSwitches: ReactNode;
  /** What must be said at once: it stays in sight too. */
  banners: ReactNode;
}

export function Strip({ killSwitches, banners }: StripProps) {
  return (
    <header className="sticky top-0 z-30 border-line border-b bg-panel">
      <VenueBar />
      <div className="flex min-h-[52px] items-center gap-3 px-3 py-1.5 sm:px-4">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1.5 xl:gap-x-3 2xl:flex-nowrap">
          <div className="flex items-center gap-3 max-sm:grow max-sm:basis-[60%]">
            <Link href="/" className="flex items-center gap-2 font-semibold text-[14px] tracking-tight">
              <Logo />
              Interlock
            </Link>
            <VenuePill />
          </div>
          <AccountCell />
          <GatewayCell />
          <RestartCell />
          <MarketCell />
          <ModeCell />
          <ProtectionCell />
          <DayCell />
          <ExchangeClockCell />
        </div>
        {killSwitches}
      </div>
      {banners}
    </header>
  );
}
