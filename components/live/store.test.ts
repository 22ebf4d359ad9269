/** The client store: frames in order are applied, a gap is refused, silence is noticed. */
import { describe, expect, test } from 'vitest';
import type { Beat } from '@/server/api/live';
import { exchangeNow, freshnessOf, hostNow } from './freshness';
import { NOTHING_YET } from './reduce';
import { createLiveStore } from './store';
import { fixtureView, fixtureWorker, longPosition } from './testing/fixture';

const snapshot = { kind: 'snapshot' as const, n: 7, view: fixtureView, worker: fixtureWorker };

function beat(atHostMs: number, reachable = true): Beat {
  return {
    kind: 'beat',
    atHostMs,
    worker: { reachable, heardHostMs: atHostMs, why: reachable ? null : 'Gone.' },
  };
}

function opened() {
  const store = createLiveStore();
  store.open(0);
  store.take(snapshot, 10);
  return store;
}

describe('frames', () => {
  test('replace the sections they carry and leave the others as they were', () => {
    const store = opened();
    const before = store.get().view;
    const moved = { ...longPosition, openTicks: 13 };
    expect(store.take({ kind: 'frame', n: 8, set: { positions: [moved] } }, 20)).toBe(false);
    const after = store.get().view;
    expect(after?.positions).toEqual([moved]);
    expect(after?.proposals).toBe(before?.proposals);
    expect(store.get().n).toBe(8);
  });

  test('after a gap are refused: nothing is applied, and a new stream is asked for', () => {
    const store = opened();
    expect(store.take({ kind: 'frame', n: 9, set: { positions: [] } }, 20)).toBe(true);
    expect(store.get().view?.positions).toEqual([longPosition]);
    expect(store.take({ kind: 'frame', n: 8, set: { positions: [] } }, 30)).toBe(true);
    expect(store.take({ ...snapshot, n: 12 }, 40)).toBe(false);
    expect(store.take({ kind: 'frame', n: 13, set: { positions: [] } }, 50)).toBe(false);
    expect(store.get().view?.positions).toEqual([]);
  });

  test('that were already applied change nothing', () => {
    const store = opened();
    expect(store.take({ kind: 'frame', n: 7, set: { positions: [] } }, 20)).toBe(false);
    expect(store.get().view?.positions).toEqual([longPosition]);
  });

  test('before any snapshot are refused', () => {
    expect(createLiveStore().take({ kind: 'frame', n: 1, set: {} }, 0)).toBe(true);
  });
});

describe('listeners', () => {
  test('are told of a change and not of a repetition', () => {
    const store = opened();
    let told = 0;
    const leave = store.subscribe(() => {
      told += 1;
    });
    store.take({ kind: 'frame', n: 8, set: {} }, 20);
    store.take({ kind: 'frame', n: 8, set: {} }, 21);
    leave();
    store.take({ kind: 'frame', n: 9, set: {} }, 22);
    expect(told).toBe(1);
  });
});

describe('freshness', () => {
  test('is live while beats come, and silent within two seconds after the last', () => {
    const store = opened();
    store.take(beat(1_000), 1_000);
    expect(freshnessOf(store.get(), 1_900)).toBe('live');
    expect(freshnessOf(store.get(), 2_600)).toBe('no-web');
  });

  test('tells a worker that is gone from a web server that is gone', () => {
    const store = opened();
    store.take(beat(1_000, false), 1_000);
    expect(freshnessOf(store.get(), 1_100)).toBe('no-worker');
    expect(freshnessOf(store.get(), 3_000)).toBe('no-web');
  });

  test('tells a worker that answers and whose loop stands still: nothing is shown as running (L10)', () => {
    const store = opened();
    for (let ms = 500; ms <= 6_000; ms += 500) store.take(beat(ms), ms);
    expect(freshnessOf(store.get(), 5_010)).toBe('live');
    expect(freshnessOf(store.get(), 5_011)).toBe('stuck');
    store.take({ kind: 'frame', n: 8, set: {} }, 6_100);
    expect(freshnessOf(store.get(), 6_200)).toBe('live');
  });

  test('does not complain in the first second of a page', () => {
    expect(freshnessOf({ ...NOTHING_YET, openedAtMs: 100 }, 900)).toBe('opening');
    expect(freshnessOf({ ...NOTHING_YET, openedAtMs: 100 }, 1_200)).toBe('no-web');
  });
});

describe('clocks', () => {
  test('the server’s clock is the closest beat’s, however late the others came', () => {
    const store = opened();
    store.take(beat(50_400), 1_000);
    store.take(beat(50_700), 1_500);
    expect(hostNow(store.get(), 2_000)).toBe(51_400);
  });

  test('exchange time runs with the tape while live and stands still when not', () => {
    const store = createLiveStore();
    const view = { ...fixtureView, ts: 1_000_000, hostMs: 5_000 };
    store.take({ ...snapshot, view, worker: { ...fixtureWorker, clock: 'tape', speed: 60 } }, 5_000);
    store.take(beat(5_000), 5_000);
    expect(exchangeNow(store.get(), 5_500)).toBe(1_030_000);
    expect(exchangeNow(store.get(), 9_000)).toBe(1_000_000);
  });
});
