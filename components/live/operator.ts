/** Who presses the buttons: a name kept in this browser until there is a login. */
'use client';

import { useSyncExternalStore } from 'react';

const KEY = 'interlock.operator';
const FALLBACK = 'operator';
const MAX_LENGTH = 64;
const listeners = new Set<() => void>();
let chosen: string | null = null;

export function operatorName(): string {
  if (chosen !== null) return chosen;
  try {
    chosen = localStorage.getItem(KEY) ?? FALLBACK;
  } catch {
    chosen = FALLBACK;
  }
  return chosen;
}

/** An empty name falls back to `operator`. */
export function setOperatorName(name: string): void {
  chosen = name.trim().slice(0, MAX_LENGTH) || FALLBACK;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // Storage refused: the name lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function useOperatorName(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    operatorName,
    () => FALLBACK,
  );
}
