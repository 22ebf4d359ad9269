/** The market as it moves, one instrument at a time, with what we hold drawn on it. */
'use client';

import { useEffect, useMemo, useState } from 'react';
import type { ChartBar, InstrumentView } from '@/server/engine/view/words';
import { price, signedTicks } from '../live/format/price';
import { age, exchangeMinute } from '../live/format/time';
import { useExchangeNow, useFreshness, useHostNow, useView } from '../live/live';
import { selectSymbol, useSelectedSymbol } from '../live/selection';
import { cn } from '../ui/cn';
import { Empty, Panel } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { Attribution } from './attribution';
import { type Candle, grow } from './candle';
import { entriesOf, levelsOf } from './levels';
import { PriceChart } from './price-chart';

const NO_BARS: readonly ChartBar[] = [];
const SHOWN_CANDLES = 120;
const OLD_QUOTE_MS = 5_000;

/** The instrument chosen by hand, else the first that is held, else the first there is. */
function useInstrument(): InstrumentView | null {
  const instruments = useView((view) => view.instruments);
  const held = useView((view) => view.positions[0]?.symbol ?? null);
  const wanted = useSelectedSymbol() ?? held;
  return instruments.find((instrument) => instrument.symbol === wanted) ?? instruments[0] ?? null;
}

/** Grows with every price of the instrument, and starts anew with another. */
function useForming(instrument: InstrumentView): Candle | null {
  const ts = useView((view) => view.ts);
  const [formed, setFormed] = useState<{ symbol: string; candle: Candle | null }>({
    symbol: instrument.symbol,
    candle: null,
  });
  const { symbol, last } = instrument;
  useEffect(() => {
    if (last === null) return;
    setFormed((former) => ({
      symbol,
      candle: grow(former.symbol === symbol ? former.candle : null, ts, last),
    }));
  }, [symbol, last, ts]);
  return formed.symbol === symbol ? formed.candle : null;
}

function QuoteAge({ instrument }: { instrument: InstrumentView }) {
  const now = useHostNow();
  if (instrument.quoteHostMs === null) return <span className="text-caution">no quote yet</span>;
  const old = now - instrument.quoteHostMs;
  if (old <= OLD_QUOTE_MS) return null;
  return <span className="num text-caution">{age(old)} old</span>;
}

function Session({ instrument }: { instrument: InstrumentView }) {
  const now = useExchangeNow();
  const changes = instrument.sessionChangesTs;
  if (now === null || changes === null) return <>{instrument.sessionOpen ? 'open' : 'closed'}</>;
  const left = changes - now;
  const soon = left < 3_600_000 ? `in ${age(left)}` : `at ${exchangeMinute(changes)}`;
  return (
    <span className={cn(!instrument.sessionOpen && 'text-caution')}>
      {instrument.sessionOpen ? `closes ${soon}` : `closed, opens ${soon}`}
    </span>
  );
}

/** Last price, and how far it has moved since the first bar in view. */
function LastPrice({ instrument, first }: { instrument: InstrumentView; first: ChartBar | null }) {
  const fresh = useFreshness() === 'live';
  const { last, tickSize } = instrument;
  const moved = last === null || first === null ? null : Math.round((last - first.open) / tickSize);
  return (
    <div className="flex items-baseline gap-2.5">
      <span className={cn('num font-semibold text-[19px] leading-6 tracking-tight', !fresh && 'stale')}>
        {price(last, tickSize)}
      </span>
      {moved !== null && first !== null && fresh ? (
        <span className="text-faint text-xs">
          <span className={cn('num', moved > 0 && 'text-safe', moved < 0 && 'text-danger')}>
            {signedTicks(moved)}
          </span>{' '}
          since <span className="num">{exchangeMinute(first.ts)}</span>
        </span>
      ) : null}
    </div>
  );
}

function Touch({ instrument }: { instrument: InstrumentView }) {
  const fresh = useFreshness() === 'live';
  const { bid, ask, tickSize } = instrument;
  return (
    <span className={cn('num text-mute text-xs', !fresh && 'stale')} title="bid × ask">
      {price(bid, tickSize)} <span className="text-faint">×</span> {price(ask, tickSize)}
    </span>
  );
}

function Pane({ instrument }: { instrument: InstrumentView }) {
  const { symbol, tickSize } = instrument;
  const instruments = useView((view) => view.instruments);
  const bars = useView((view) => view.bars[symbol] ?? NO_BARS);
  const positions = useView((view) => view.positions);
  const brackets = useView((view) => view.brackets);
  const forming = useForming(instrument);
  // Open P&L moves with every quote; the lines move only when these words do.
  const words = JSON.stringify([levelsOf(symbol, positions, brackets), entriesOf(symbol, positions)]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const drawn = useMemo(
    () => ({ levels: levelsOf(symbol, positions, brackets), marks: entriesOf(symbol, positions) }),
    [words],
  );
  return (
    <>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-3.5 py-2">
        <Segmented
          label="Instrument"
          value={symbol}
          onValueChange={selectSymbol}
          options={instruments.map((one) => ({ value: one.symbol, label: one.localSymbol }))}
          className="-ml-1.5"
        />
        <LastPrice instrument={instrument} first={bars[0] ?? null} />
        <Touch instrument={instrument} />
        <div className="ml-auto flex items-center gap-3 text-faint text-xs">
          <QuoteAge instrument={instrument} />
          <Session instrument={instrument} />
          <span className="max-sm:hidden">1 min</span>
          <Attribution />
        </div>
      </header>
      <PriceChart
        subject={symbol}
        bars={bars}
        forming={forming}
        tickSize={tickSize}
        levels={drawn.levels}
        marks={drawn.marks}
        live
        look={SHOWN_CANDLES}
        label={`${instrument.localSymbol}, one-minute candles, last ${price(instrument.last, tickSize)}`}
        className="h-[clamp(260px,44dvh,600px)]"
      />
    </>
  );
}

export function PricePane() {
  const instrument = useInstrument();
  return (
    <Panel aria-label="Price">
      {instrument === null ? (
        <Empty title="No instrument yet">Their details come from the gateway when it connects.</Empty>
      ) : (
        <Pane instrument={instrument} />
      )}
    </Panel>
  );
}
