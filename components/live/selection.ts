/** Which instrument the page looks at: chosen by a tab or a row, followed by the chart. */
'use client';

import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let selected: string | null = null;

export function selectSymbol(symbol: string): void {
  selected = symbol;
  for (const listener of listeners) listener();
}

/** @returns the symbol that was chosen, or null while nobody has chosen. */
export function useSelectedSymbol(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => selected,
    () => null,
  );
}
