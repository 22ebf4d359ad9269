/** One order: what the bot knew, what the guards say of it, and the lines that both rest on. */
'use client';

import type { ReactNode } from 'react';
import { Failure } from '../live/failure';
import { price } from '../live/format/price';
import { exchangeDate, exchangeTime } from '../live/format/time';
import { Chip } from '../ui/badge';
import { Skeleton, Waiting } from '../ui/skeleton';
import { type Judged, type OrderLine, useOrder } from './queries';
import { outcomeSaid } from './said';

interface OrderDetailProps {
  id: string;
  judging: string;
  line: OrderLine;
  /** The guards' table, given by the page. */
  guards: (rows: Judged['verdict']['rows']) => ReactNode;
}

function percent(ratio: number | null): string {
  return ratio === null ? '' : ` (${Math.round(ratio * 100)} %)`;
}

const PRICE_FROM = {
  'price read': 'the bot read it before',
  'own fill': 'its own fill',
  tape: 'the last of the tape before',
} as const;

function known({ order }: Judged): readonly (readonly [string, string])[] {
  const { signal, advice, held, asked, market } = order;
  const bare = asked.protection === 'known' ? 'none' : 'not told';
  const obeyed = advice?.enforced === false ? ', not obeyed' : '';
  return [
    ['Signal', signal === null ? 'not told' : `${signal.action}${percent(signal.confidence)}`],
    ['Market', [signal?.trend, signal?.volatility].filter(Boolean).join(', ') || 'not told'],
    ['Advisor', advice === null ? 'not told' : `${advice.verdict}${percent(advice.confidence)}${obeyed}`],
    ['Held before', held === null ? 'not told' : `${held.quantity} (the ${held.by}'s word)`],
    ['Price', market === null ? 'not told' : `${price(market.price)} (${PRICE_FROM[market.by]})`],
    ['Entry', asked.entryPrice === null ? 'at market' : price(asked.entryPrice)],
    ['Stop', asked.stopPrice === null ? bare : price(asked.stopPrice)],
    ['Target', asked.targetPrice === null ? bare : price(asked.targetPrice)],
    ['Became', order.status ?? 'not told'],
  ];
}

export function OrderDetail({ id, judging, line, guards }: OrderDetailProps) {
  const { data, error, refetch } = useOrder({ id, judging }, line.at);
  if (error) return <Failure title="The order cannot be shown" error={error} onRetry={() => refetch()} />;
  if (!data)
    return (
      <Waiting late="Still reading it…">
        <Skeleton className="m-3.5 h-40" />
      </Waiting>
    );
  const { order, verdict } = data;
  const { words, tone } = outcomeSaid(verdict.outcome);
  const place = new URLSearchParams({ offset: String(line.at.offset), bytes: String(line.at.bytes) });
  return (
    <div data-testid="incident-order-detail" className="grid gap-3 p-3.5">
      <header className="flex flex-wrap items-center gap-2">
        <Chip tone={tone}>{words}</Chip>
        <span className="font-medium">
          {order.side} <span className="num">{order.quantity}</span> {order.symbol}
        </span>
        <span className="num text-faint text-xs">
          order {order.orderId}, {exchangeDate(order.ts)} {exchangeTime(order.ts)}
        </span>
        <a
          href={`/api/incidents/${id}/order.test.ts?${place}`}
          data-testid="export-test"
          className="ml-auto text-accent text-xs hover:underline"
        >
          Export as a test
        </a>
      </header>
      <p>{verdict.sentence}</p>
      {verdict.reduceOnly ? <p className="text-mute">{verdict.reduceOnly.sentence}</p> : null}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-xs sm:grid-cols-[auto_1fr_auto_1fr]">
        {known(data).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-faint">{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
      {guards(verdict.rows)}
      <section aria-label="Evidence">
        <h3 className="mb-1 text-faint text-xs">In the bot&rsquo;s own words</h3>
        <ol
          className="scroll-quiet grid max-h-64 gap-1 overflow-auto rounded-md bg-bg p-2 font-mono text-[11px]"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
        >
          {order.evidence.map(({ source, line: at, text }) => (
            <li key={`${source}:${at}`} className="[overflow-wrap:anywhere]">
              <span className="text-faint">
                {source}:{at}
              </span>{' '}
              {text}
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
