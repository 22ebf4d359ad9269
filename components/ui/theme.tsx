/** Dark or light. /theme.js has set it before the first paint; this reads it, toggles it, and remembers the choice. */
'use client';

import { Moon, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Button } from './button';

export type Theme = 'dark' | 'light';

function current(): Theme {
  return document.documentElement.dataset.theme === 'light' ? 'light' : 'dark';
}

function watch(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

function choose(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem('interlock.theme', theme);
  } catch {
    // Private windows may refuse storage: the choice then lasts as long as the page.
  }
}

export function useTheme(): { theme: Theme; choose: (theme: Theme) => void } {
  return { theme: useSyncExternalStore<Theme>(watch, current, () => 'dark'), choose };
}

export function ThemeToggle() {
  const { theme } = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <Button variant="quiet" size="icon" aria-label={`Use the ${other} theme`} onClick={() => choose(other)}>
      {theme === 'dark' ? <Sun size={15} /> : <Moon size={15} />}
    </Button>
  );
}
