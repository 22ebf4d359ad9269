/** Questions about incidents and what is done with them, as hooks. What is being read asks again by itself. */
'use client';

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answers, api } from '../live/api';
import { send } from './upload';

export type Incident = Answers['incidents']['list'][number];
export type Summary = NonNullable<Answers['incidents']['byId']['summary']>;
export type Day = Answers['incidents']['day'];
export type OrderLine = Day['orders'][number];
export type Judged = Answers['incidents']['order'];

const WHILE_READING_MS = 300;
const KEY = 'incidents';

export function useIncidents() {
  return useQuery({
    queryKey: [KEY],
    queryFn: ({ signal }) => api.incidents.list.query(undefined, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.some(({ phase }) => phase.name === 'reading') ? WHILE_READING_MS : false,
  });
}

export function useIncident(id: string) {
  return useQuery({
    queryKey: [KEY, id],
    queryFn: ({ signal }) => api.incidents.byId.query({ id }, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.incident.phase.name === 'reading' ? WHILE_READING_MS : false,
  });
}

/** One judging of an incident: another has other limits, or took another time. What was read of it is not read of the next. */
export function judgingOf({ limits, phase }: Incident): string {
  return [...limits, phase.name === 'done' ? phase.tookMs : phase.name].join(' ');
}

export function useDay({ id, judging }: { id: string; judging: string }, day: string | null) {
  return useQuery({
    queryKey: [KEY, id, judging, day],
    queryFn: ({ signal }) => api.incidents.day.query({ id, day: day ?? '' }, { signal }),
    enabled: day !== null,
    placeholderData: keepPreviousData,
  });
}

export function useOrder({ id, judging }: { id: string; judging: string }, at: OrderLine['at'] | null) {
  return useQuery({
    queryKey: [KEY, id, judging, 'order', at?.offset],
    queryFn: ({ signal }) => api.incidents.order.query({ id, at: at ?? { offset: 0, bytes: 1 } }, { signal }),
    enabled: at !== null,
    placeholderData: keepPreviousData,
  });
}

/** Brings the files in, one after another, and has them read. @param onSent share of the bytes that have left, 0 to 1 */
export function useBringIn(onSent: (share: number) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (files: readonly File[]) => {
      const [first] = files;
      const title = files.length === 1 && first ? first.name : `${first?.name} and ${files.length - 1} more`;
      const { id } = await api.incidents.create.mutate({ title: title.slice(0, 80) });
      try {
        await send(id, files, onSent);
        await api.incidents.read.mutate({ id });
      } catch (error) {
        await api.incidents.remove.mutate({ id });
        throw error;
      }
      return id;
    },
    onSettled: () => client.invalidateQueries({ queryKey: [KEY] }),
  });
}

/** Judges all of its orders again. @param limits `name=value` each; what is not named is the default. */
export function useJudgeAgain(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (limits: readonly string[]) => api.incidents.read.mutate({ id, limits: [...limits] }),
    onSettled: () => client.invalidateQueries({ queryKey: [KEY] }),
  });
}

export function useRemove() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.incidents.remove.mutate({ id }),
    onSettled: () => client.invalidateQueries({ queryKey: [KEY], exact: true }),
  });
}
