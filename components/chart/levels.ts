/** What is drawn over the candles of an instrument: averages, stops and targets of its positions, entries of its working brackets. */
import type { BracketView, PositionView } from '@/server/engine/view/words';
import type { Level, Mark } from './engine';

const OVER: readonly string[] = ['Filled', 'Cancelled', 'Rejected', 'Absent'];

function positionLevels(position: PositionView): readonly Level[] {
  const held = Math.abs(position.quantity);
  return [
    { price: position.average, title: `entry ${held}`, tone: 'accent' as const, dashed: false },
    { price: position.stop, title: 'stop', tone: 'danger' as const, dashed: true },
    { price: position.target, title: 'target', tone: 'safe' as const, dashed: true },
  ].flatMap(({ price, ...level }) => (price === null ? [] : [{ price, ...level }]));
}

function entryLevels(bracket: BracketView): readonly Level[] {
  return bracket.orders.flatMap((order) =>
    order.role === 'entry' && order.limit !== null && !OVER.includes(order.phase)
      ? [
          {
            price: order.limit,
            title: `${order.side} ${order.quantity}`,
            tone: 'caution' as const,
            dashed: true,
          },
        ]
      : [],
  );
}

export function levelsOf(
  symbol: string,
  positions: readonly PositionView[],
  brackets: readonly BracketView[],
): readonly Level[] {
  return [
    ...positions.filter((position) => position.symbol === symbol).flatMap(positionLevels),
    ...brackets.filter((bracket) => bracket.symbol === symbol).flatMap(entryLevels),
  ];
}

/** Where each open position began. */
export function entriesOf(symbol: string, positions: readonly PositionView[]): readonly Mark[] {
  return positions
    .filter((position) => position.symbol === symbol)
    .map((position) => ({
      ts: position.openedTs,
      price: position.average,
      text: '',
      tone: 'accent' as const,
      side: position.quantity > 0 ? ('BUY' as const) : ('SELL' as const),
    }));
}
