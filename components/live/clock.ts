/** One timer for all the ages on the page. It runs only while something on the page shows an age. */
'use client';

import { useSyncExternalStore } from 'react';

const TICK_MS = 250;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let tickedAtMs = 0;

function tick(): void {
  tickedAtMs = Date.now();
  for (const listener of listeners) listener();
}

/** Calls `listener` four times a second. @returns the function that ends it. */
export function onClockTick(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) {
    tickedAtMs = Date.now();
    timer = setInterval(tick, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** This browser's clock (ms), renewed four times a second: the component that calls it renders as often. */
export function useClockTick(): number {
  return useSyncExternalStore(
    onClockTick,
    () => tickedAtMs,
    () => 0,
  );
}
