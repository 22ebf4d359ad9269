/** The stream as its listeners see it: a snapshot, then every frame that follows it, never across a gap. */
import type { StreamMessage } from '../engine/view/words';

export type Snapshot = Extract<StreamMessage, { kind: 'snapshot' }>;
type Frame = Extract<StreamMessage, { kind: 'frame' }>;
export type Listener = (message: StreamMessage) => void;

/** @returns the snapshot that one would get after the frame. */
export function fold(snapshot: Snapshot, frame: Frame): Snapshot {
  return {
    kind: 'snapshot',
    n: frame.n,
    view: { ...snapshot.view, ...frame.set },
    worker: frame.worker ?? snapshot.worker,
  };
}

export interface Stream {
  take(message: StreamMessage): void;
  /** The listener gets the latest snapshot at once when there is one. @returns how to leave. */
  join(listener: Listener): () => void;
  /** Somebody has joined at some time: the worker is to be followed. */
  isFollowed(): boolean;
}

/** @param resync asks the worker for a fresh snapshot; frames are passed over until it comes. */
export function openStream(resync: () => void): Stream {
  const listeners = new Set<Listener>();
  let latest: Snapshot | null = null;
  let followed = false;

  function deliver(message: StreamMessage) {
    for (const listener of [...listeners]) listener(message);
  }

  return {
    take(message) {
      if (message.kind === 'snapshot') {
        latest = message;
        deliver(message);
      } else if (latest && message.n === latest.n + 1) {
        latest = fold(latest, message);
        deliver(message);
      } else if (latest) {
        latest = null;
        resync();
      }
    },
    join(listener) {
      followed = true;
      listeners.add(listener);
      if (latest) listener(latest);
      return () => listeners.delete(listener);
    },
    isFollowed: () => followed,
  };
}
