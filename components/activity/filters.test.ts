/** Filters part the feed without losing a kind to all of them but `everything`. */
import { expect, test } from 'vitest';
import type { ActivityLine } from '@/server/engine/view/words';
import { shown } from './filters';

const kinds = ['trade', 'guard', 'advisory', 'protection', 'operator', 'system'] as const;
const feed: readonly ActivityLine[] = kinds.map((kind, n) => ({
  seq: 1,
  n,
  ts: 0,
  kind,
  tone: 'neutral',
  text: kind,
  code: null,
  cycleId: null,
}));
const seen = (filter: Parameters<typeof shown>[1]) => shown(feed, filter).map((line) => line.kind);

test('everything is everything', () => {
  expect(seen('everything')).toEqual(kinds);
});

test('trades hold fills and protection, guards hold refusals and advice, operator holds people', () => {
  expect(seen('trades')).toEqual(['trade', 'protection']);
  expect(seen('guards')).toEqual(['guard', 'advisory']);
  expect(seen('operator')).toEqual(['operator']);
});
