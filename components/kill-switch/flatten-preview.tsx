/** What flatten would do now: each position that would be closed, each order that would be cancelled. */
'use client';

import type { ReactNode } from 'react';
import type { BracketView, OrderView, PositionView } from '@/server/engine/view/words';
import { signedDollars } from '../live/format/money';
import { minus, price } from '../live/format/price';
import { directionOf, plural } from '../live/format/words';
import { useLive } from '../live/live';

const NO_POSITIONS: readonly PositionView[] = [];
const NO_BRACKETS: readonly BracketView[] = [];
const OVER: readonly string[] = ['Filled', 'Cancelled', 'Rejected', 'Absent'];

function priceOf(order: OrderView): string {
  return price(order.trigger ?? order.limit);
}

function List({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="px-5 py-3">
      <h3 className="mb-1.5 text-faint text-xs">{title}</h3>
      <ul className="grid gap-1">{children}</ul>
    </section>
  );
}

const ROW = 'flex items-baseline justify-between gap-4 rounded-md bg-raised px-3 py-1.5';

export function FlattenPreview({ fresh }: { fresh: boolean }) {
  const positions = useLive((state) => state.view?.positions ?? NO_POSITIONS);
  const brackets = useLive((state) => state.view?.brackets ?? NO_BRACKETS);
  const orders = brackets.flatMap((bracket) => bracket.orders).filter((order) => !OVER.includes(order.phase));
  return (
    <div className="divide-y divide-line">
      {fresh ? null : (
        <p className="bg-caution/10 px-5 py-2.5 text-caution">
          The page is not live: this is what was known last. Flatten asks the broker itself, so it may be
          pressed all the same.
        </p>
      )}
      <List
        title={
          positions.length === 0 ? 'No position is open' : `Closes ${plural(positions.length, 'position')}`
        }
      >
        {positions.map((position) => (
          <li key={position.cycleId} className={ROW}>
            <span>
              {directionOf(position.quantity)}{' '}
              <span className="num">{minus(Math.abs(position.quantity))}</span> {position.localSymbol}
            </span>
            <span className="num text-mute">
              {position.openMicros === null ? 'P&L unknown' : signedDollars(position.openMicros)}
            </span>
          </li>
        ))}
      </List>
      <List title={orders.length === 0 ? 'No order is working' : `Cancels ${plural(orders.length, 'order')}`}>
        {orders.map((order) => (
          <li key={order.ref} className={ROW}>
            <span>
              {order.role}: {order.side} <span className="num">{order.quantity}</span> {order.symbol}{' '}
              {order.type}
            </span>
            <span className="num text-mute">{priceOf(order)}</span>
          </li>
        ))}
      </List>
    </div>
  );
}
