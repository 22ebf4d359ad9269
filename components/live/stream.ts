/**
 * Keeps one stream open while the page can be seen. A gap, an error, or silence opens a new one;
 * a hidden page lets go of its connection (a browser allows six per host, and the kill switches need one).
 */
import { api } from './api';
import type { LiveStore } from './store';

const WATCH_MS = 500;
/** Longer than the silence that the page already shows, so that a slow moment does not tear the stream down. */
const REOPEN_AFTER_MS = 2_500;
const HIDDEN_GRACE_MS = 20_000;

/** @returns the function that ends it. */
export function keepStream(store: LiveStore): () => void {
  let close: (() => void) | null = null;
  let openedAtMs = 0;
  let hiddenAtMs: number | null = null;

  const open = () => {
    close?.();
    openedAtMs = Date.now();
    store.open(openedAtMs);
    const own = api.live.stream.subscribe(undefined, {
      onData: ({ data }) => {
        if (close === shut && store.take(data, Date.now())) open();
      },
    });
    const shut = () => own.unsubscribe();
    close = shut;
  };

  const watch = () => {
    if (document.hidden && hiddenAtMs !== null && Date.now() - hiddenAtMs > HIDDEN_GRACE_MS) {
      close?.();
      close = null;
      return;
    }
    const heardAtMs = Math.max(store.get().heardAtMs ?? 0, openedAtMs);
    if (close === null || Date.now() - heardAtMs > REOPEN_AFTER_MS) open();
  };
  const onVisibility = () => {
    hiddenAtMs = document.hidden ? Date.now() : null;
    watch();
  };

  open();
  const timer = setInterval(watch, WATCH_MS);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisibility);
    close?.();
    close = null;
  };
}
