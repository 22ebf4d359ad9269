/** The orders of a day, one a line, in the order of time; the chosen one is open beside it. */
'use client';

import { useState } from 'react';
import { price } from '../live/format/price';
import { exchangeTime } from '../live/format/time';
import { Chip, Code } from '../ui/badge';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { ROW, Table, Td, Th } from '../ui/table';
import { TONE_TEXT } from '../ui/tone';
import type { OrderLine } from './queries';
import { outcomeSaid } from './said';

/** Lines drawn at once: a day of a runaway bot has thousands. */
const PAGE = 100;

interface OrderTableProps {
  orders: readonly OrderLine[];
  chosen: OrderLine | null;
  onChoose: (order: OrderLine) => void;
}

export function OrderTable({ orders, chosen, onChoose }: OrderTableProps) {
  const [shown, setShown] = useState(PAGE);
  return (
    <>
      <Table>
        <thead>
          <tr>
            <Th>Time</Th>
            <Th className="text-left">Order</Th>
            <Th>Price</Th>
            <Th className="text-left">Verdict</Th>
            <Th className="text-left max-lg:hidden">Reasons</Th>
          </tr>
        </thead>
        <tbody>
          {orders.slice(0, shown).map((order) => {
            const { words, tone } = outcomeSaid(order.outcome);
            return (
              <tr
                key={order.key}
                data-testid="incident-order"
                data-outcome={order.outcome}
                className={cn(ROW, 'relative hover:bg-raised/60', order.key === chosen?.key && 'bg-raised')}
              >
                <Td>
                  <button
                    type="button"
                    aria-pressed={order.key === chosen?.key}
                    onClick={() => onChoose(order)}
                    className="num outline-offset-[-2px] after:absolute after:inset-0 after:content-['']"
                  >
                    {exchangeTime(order.ts)}
                  </button>
                </Td>
                <Td className="whitespace-nowrap text-left">
                  <Chip tone={order.side === 'BUY' ? 'accent' : 'violet'}>{order.side}</Chip>{' '}
                  <span className="num">{order.quantity}</span> {order.symbol}{' '}
                  <span className="num text-faint text-xs">{order.orderId}</span>
                </Td>
                <Td className="num">{price(order.price)}</Td>
                <Td className={cn('whitespace-nowrap text-left', TONE_TEXT[tone])}>{words}</Td>
                <Td className="text-left max-lg:hidden">
                  <span className="flex flex-wrap gap-1">
                    {order.reasons.map((reason) => (
                      <Code key={reason}>{reason}</Code>
                    ))}
                  </span>
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {orders.length > shown ? (
        <div className="border-line border-t p-3 text-center">
          <Button onClick={() => setShown(shown + PAGE)}>
            Show {Math.min(PAGE, orders.length - shown)} more
          </Button>
        </div>
      ) : null}
    </>
  );
}
