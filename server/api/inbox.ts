/** A bounded queue between a listener that must not wait and a reader that may. Full means that the reader is gone for good: it closes. */

export interface Inbox<T> {
  put: (message: T) => void;
  close: () => void;
  /** In order, until it is closed; what is still queued then is dropped. */
  messages(): AsyncGenerator<T>;
}

export function createInbox<T>(capacity: number): Inbox<T> {
  const queue: T[] = [];
  let closed = false;
  let wake: (() => void) | null = null;

  const close = () => {
    closed = true;
    wake?.();
  };
  const put = (message: T) => {
    if (closed) return;
    if (queue.length >= capacity) return close();
    queue.push(message);
    wake?.();
  };
  async function* messages(): AsyncGenerator<T> {
    while (!closed) {
      const next = queue.shift();
      if (next !== undefined) {
        yield next;
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      wake = null;
    }
  }
  return { put, close, messages };
}
