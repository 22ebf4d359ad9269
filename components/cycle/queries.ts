/** Questions about cycles, as hooks. What is still open asks again by itself. */
'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type Answers, api } from '../live/api';
import { isOpen } from './said';
import type { CycleSearch } from './search';

const LIST_EVERY_MS = 4_000;
const OPEN_CYCLE_EVERY_MS = 1_000;
const PAGE = 50;

type ListInput = Parameters<typeof api.cycles.list.query>[0];
export type CycleStory = Answers['cycles']['byId'];

/** The URL's words go to the server as they are: it knows the lists of them and refuses others. */
function inputOf(search: CycleSearch, cursor: string | undefined): ListInput {
  const [kind, value] = search.result?.split(':') ?? [];
  return {
    limit: PAGE,
    ...(cursor === undefined ? {} : { cursor }),
    ...(search.symbol === null ? {} : { symbol: search.symbol }),
    ...(search.reason === null ? {} : { reason: search.reason as ListInput['reason'] }),
    ...(kind === 'phase' ? { phase: value as ListInput['phase'] } : {}),
    ...(kind === 'outcome' ? { outcome: value as ListInput['outcome'] } : {}),
  };
}

export function useCycles(search: CycleSearch) {
  const { symbol, result, reason } = search;
  return useInfiniteQuery({
    queryKey: ['cycles', symbol, result, reason],
    queryFn: ({ pageParam, signal }) => api.cycles.list.query(inputOf(search, pageParam), { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: LIST_EVERY_MS,
  });
}

export function useCycle(cycleId: string) {
  return useQuery({
    queryKey: ['cycle', cycleId],
    queryFn: ({ signal }) => api.cycles.byId.query({ cycleId }, { signal }),
    refetchInterval: ({ state }) =>
      state.data === undefined || isOpen(state.data.row.phase) ? OPEN_CYCLE_EVERY_MS : false,
  });
}
