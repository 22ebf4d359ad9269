/** The store as React sees it. Select sections, not wholes: a component renders again only when its selection changes. */
'use client';

import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import type { View } from '@/server/engine/view/words';
import { onClockTick, useClockTick } from './clock';
import { exchangeNow, type Freshness, freshnessOf, hostNow } from './freshness';
import { type LiveState, NOTHING_YET } from './reduce';
import { createLiveStore } from './store';
import { keepStream } from './stream';

const store = createLiveStore();

/** Opens the stream for as long as it is mounted. Once, in the console's layout. */
export function LiveStream({ children }: { children: ReactNode }) {
  useEffect(() => keepStream(store), []);
  return children;
}

/** @param select must return a part of the state or a primitive, not something newly made. */
export function useLive<T>(select: (state: LiveState) => T): T {
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.get()),
    () => select(NOTHING_YET),
  );
}

/** A section of the view. Only below `LiveGate`, which waits for the first snapshot. */
export function useView<T>(select: (view: View) => T): T {
  return useLive((state) => {
    if (state.view === null) throw new Error('useView is for components below LiveGate.');
    return select(state.view);
  });
}

/** @returns the state at this moment, for event handlers. */
export function liveNow(): LiveState {
  return store.get();
}

function watchFreshness(listener: () => void): () => void {
  const ends = [store.subscribe(listener), onClockTick(listener)];
  return () => {
    for (const end of ends) end();
  };
}

/** Renders again only when the answer changes. */
export function useFreshness(): Freshness {
  return useSyncExternalStore<Freshness>(
    watchFreshness,
    () => freshnessOf(store.get(), Date.now()),
    () => 'opening',
  );
}

/** The server's clock, four times a second (host ms). */
export function useHostNow(): number {
  return hostNow(store.get(), useClockTick());
}

/** Exchange time, four times a second (ms); null before the first snapshot. */
export function useExchangeNow(): number | null {
  return exchangeNow(store.get(), useClockTick());
}

/** Shows `children` once there is a view, however old, and `waiting` before. */
export function LiveGate({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const ready = useLive((state) => state.view !== null);
  return ready ? children : waiting;
}
