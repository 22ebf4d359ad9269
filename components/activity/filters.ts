/** Which lines of the feed a filter shows. */
import type { ActivityLine } from '@/server/engine/view/words';

export const FILTERS = ['everything', 'trades', 'guards', 'operator'] as const;
export type Filter = (typeof FILTERS)[number];

const SHOWS: Readonly<Record<Exclude<Filter, 'everything'>, readonly ActivityLine['kind'][]>> = {
  trades: ['trade', 'protection'],
  guards: ['guard', 'advisory'],
  operator: ['operator'],
};

export function shown(lines: readonly ActivityLine[], filter: Filter): readonly ActivityLine[] {
  return filter === 'everything' ? lines : lines.filter((line) => SHOWS[filter].includes(line.kind));
}
