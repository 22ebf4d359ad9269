/** The average price of two bars' contracts, and how many trades they were of: known where it is known of both. */
import type { Bar } from '../../exchange/words';

type Traded = Pick<Bar, 'volume' | 'wap' | 'count'>;

export function together(first: Traded, second: Traded): Pick<Bar, 'wap' | 'count'> {
  if (first.count === undefined || second.count === undefined) return {};
  const volume = first.volume + second.volume;
  const value = moneyOf(first) + moneyOf(second);
  return { count: first.count + second.count, ...(volume === 0 ? {} : { wap: value / volume }) };
}

const moneyOf = ({ volume, wap = 0 }: Traded): number => volume * wap;
