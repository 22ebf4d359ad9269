/** What works at the broker: each entry with the stop and target that hang on it, as IB says it and in plain words. */
'use client';

import { CornerDownRight } from 'lucide-react';
import Link from 'next/link';
import { useId } from 'react';
import type { BracketView, ForeignOrderView, OrderView } from '@/server/engine/view/words';
import { price } from '../live/format/price';
import { age } from '../live/format/time';
import { plural } from '../live/format/words';
import { useFreshness, useHostNow, useView } from '../live/live';
import { Code } from '../ui/badge';
import { cn } from '../ui/cn';
import { Panel, PanelHead } from '../ui/panel';
import { TONE_TEXT, type Tone } from '../ui/tone';

const PHASE_TONE: Readonly<Record<string, Tone>> = {
  Pending: 'caution',
  Working: 'safe',
  Cancelling: 'caution',
  Unknown: 'danger',
  Filled: 'accent',
  Cancelled: 'neutral',
  Rejected: 'danger',
  Absent: 'neutral',
};

const ROLE_ORDER: readonly OrderView['role'][] = ['entry', 'target', 'stop', 'emergency', 'exit'];

function inTree(orders: readonly OrderView[]): readonly OrderView[] {
  return [...orders].sort((a, b) => ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role));
}

function pricesOf(order: Pick<OrderView, 'trigger' | 'limit'>, tickSize: number): string {
  const prices = [order.trigger, order.limit].filter((value) => value !== null);
  return prices.length === 0 ? 'at market' : prices.map((value) => price(value, tickSize)).join(' lmt ');
}

function Age({ hostMs }: { hostMs: number }) {
  const now = useHostNow();
  const fresh = useFreshness() === 'live';
  return <span className="num text-faint text-xs">{fresh ? age(now - hostMs) : '–'}</span>;
}

function OrderLine({ order, tickSize }: { order: OrderView; tickSize: number }) {
  const over = ['Filled', 'Cancelled', 'Rejected', 'Absent'].includes(order.phase);
  return (
    <li
      data-testid="order-line"
      className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3.5 py-[5px] sm:flex-nowrap"
    >
      <span className="flex w-[76px] shrink-0 items-center gap-1 text-mute">
        {order.role === 'entry' ? null : <CornerDownRight size={12} className="text-faint" aria-hidden />}
        {order.role}
      </span>
      <span className={cn('num min-w-0 flex-1 truncate', over && 'text-faint')}>
        {order.side} {order.quantity} {order.type} {pricesOf(order, tickSize)}
        {order.filled > 0 && order.filled < order.quantity ? (
          <span className="text-accent"> {order.filled} filled</span>
        ) : null}
      </span>
      <span className="flex min-w-0 items-center gap-2 max-sm:order-last max-sm:basis-full max-sm:pl-[88px] sm:flex-[1.5]">
        <span
          className={cn('truncate', over ? 'text-faint' : TONE_TEXT[PHASE_TONE[order.phase] ?? 'neutral'])}
        >
          {order.plain}
        </span>
        {order.brokerStatus ? <Code>{order.brokerStatus}</Code> : null}
        {order.permId ? (
          <span className="num text-[11px] text-faint max-sm:hidden" title="permId">
            {order.permId}
          </span>
        ) : null}
      </span>
      <span className="w-12 shrink-0 text-right">
        <Age hostMs={order.sentHostMs} />
      </span>
    </li>
  );
}

function Tree({ bracket, tickSize }: { bracket: BracketView; tickSize: number }) {
  return (
    <article data-testid="bracket" className="py-1.5">
      <h3 className="flex items-baseline gap-2 px-3.5 py-1">
        <span className="font-medium">{bracket.localSymbol}</span>
        <span className="text-faint text-xs">{bracket.phase}</span>
        <Link
          href={`/cycles/${bracket.cycleId}`}
          prefetch={false}
          className="num ml-auto text-[11px] text-faint hover:text-ink hover:underline"
        >
          {bracket.cycleId}
        </Link>
      </h3>
      <ul>
        {inTree(bracket.orders).map((order) => (
          <OrderLine key={order.ref} order={order} tickSize={tickSize} />
        ))}
      </ul>
    </article>
  );
}

function ForeignOrders({
  orders,
  tickOf,
}: {
  orders: readonly ForeignOrderView[];
  tickOf: (symbol: string) => number;
}) {
  return (
    <article data-testid="foreign-orders" className="py-1.5">
      <h3 className="flex items-baseline gap-2 px-3.5 py-1">
        <span className="font-medium text-caution">Orders of others</span>
        <span className="text-faint text-xs">not ours: left alone, cancel them in TWS</span>
      </h3>
      <ul>
        {orders.map((order) => (
          <li
            key={order.permId}
            data-testid="foreign-order"
            className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3.5 py-[5px]"
          >
            <span className="w-[76px] shrink-0 text-mute">client {order.clientId}</span>
            <span className="num min-w-0 flex-1 truncate">
              {order.side} {order.quantity} {order.localSymbol} {order.type}{' '}
              {pricesOf(order, tickOf(order.symbol))}
            </span>
            {order.closes ? <span className="text-danger">a second closer beside our stop</span> : null}
            <Code>{order.status}</Code>
            <span className="num text-[11px] text-faint max-sm:hidden" title="permId">
              {order.permId}
            </span>
          </li>
        ))}
      </ul>
    </article>
  );
}

export function BracketsPanel() {
  const id = useId();
  const brackets = useView((view) => view.brackets);
  const instruments = useView((view) => view.instruments);
  const foreign = useView((view) => view.foreignOrders);
  const tickOf = (symbol: string) => instruments.find((one) => one.symbol === symbol)?.tickSize ?? 0.25;
  return (
    <Panel aria-labelledby={id}>
      <PanelHead
        id={id}
        title="Working at the broker"
        note={brackets.length > 0 ? plural(brackets.length, 'bracket') : 'no order'}
      >
        {foreign.length > 0 ? (
          <span className="text-caution text-xs">{plural(foreign.length, 'foreign order')}</span>
        ) : null}
      </PanelHead>
      {brackets.length + foreign.length === 0 ? null : (
        <div className="divide-y divide-line">
          {brackets.map((bracket) => (
            <Tree key={bracket.cycleId} bracket={bracket} tickSize={tickOf(bracket.symbol)} />
          ))}
          {foreign.length > 0 ? <ForeignOrders orders={foreign} tickOf={tickOf} /> : null}
        </div>
      )}
    </Panel>
  );
}
