/** A signals file under a clock and a timer that the test turns by hand. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignalOutcome } from '../../ports';
import { hostAfter } from '../clock/host';
import { fileSource, readSignalLines } from './file';
import type { Every } from './words';

const OPEN = Date.UTC(2025, 11, 12, 14, 45);
const REAL_DAY = path.resolve(import.meta.dirname, '../../../../shared/data/orders-2025-12-12.jsonl');
const line = (id: string, time: number) =>
  JSON.stringify({ id, symbol: 'ES', action: 'BUY', quantity: 1, stop: 1, target: 9, time });
const OUTCOME: SignalOutcome = { result: 'accepted', codes: [], cycleId: null, detail: '', seq: 1 };

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'interlock-file-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function playing(text: string, submit: () => Promise<SignalOutcome> = async () => OUTCOME) {
  const file = path.join(dir, 'day.jsonl');
  writeFileSync(file, text);
  const played: string[] = [];
  const refused: string[] = [];
  const logged: string[] = [];
  const note = (_fields: object, words: string) => void logged.push(words);
  let ts = 0;
  let poll: (() => void) | null = null;
  const every: Every = (_ms, run) => {
    poll = run;
    return () => {
      poll = null;
    };
  };
  const source = fileSource({
    path: file,
    clock: { now: () => ({ ts, hostMs: 0 }), after: hostAfter, sync: () => {} },
    submit: (signal) => {
      played.push(`${signal.signalId}@${signal.createdTs - OPEN}`);
      return submit();
    },
    refuse: async (from, code, detail) => void refused.push(`${from} ${code} ${detail}`),
    log: { info: note, warn: note, error: note },
    every,
  });
  const at = (time: number) => {
    ts = time;
    poll?.();
  };
  return { source, played, refused, logged, at, isPolling: () => poll !== null };
}

describe('a signals file', () => {
  it('is played line by line as the exchange reaches each time, stamped as it was', async () => {
    const { source, played, at, isPolling } = playing(
      [line('a', OPEN + 1_000), '', line('c', OPEN + 3_000), line('b', OPEN + 2_000), ''].join('\n'),
    );
    expect(await source.start()).toBe('playing');
    at(OPEN);
    at(OPEN + 999);
    expect(played).toEqual([]);
    at(OPEN + 1_000);
    expect(played).toEqual(['a@1000']);
    at(OPEN + 60_000);
    expect(played).toEqual(['a@1000', 'b@2000', 'c@3000']);
    expect(isPolling()).toBe(false);
  });

  it('waits until the exchange has a time, then skips what lies before it and says how much', async () => {
    const { source, played, logged, at } = playing(
      `${line('early', OPEN - 1)}\n${line('now', OPEN)}\n${line('later', OPEN + 5)}`,
    );
    await source.start();
    at(0);
    expect(logged).toEqual([]);
    at(OPEN);
    expect(played).toEqual(['now@0']);
    expect(logged[0]).toBe("day.jsonl: 1 signals lie before the clock's first time and are skipped.");
  });

  it('plays nothing after it was stopped', async () => {
    const { source, played, at, isPolling } = playing(line('a', OPEN));
    await source.start();
    source.stop();
    at(OPEN);
    expect(played).toEqual([]);
    expect(isPolling()).toBe(false);
  });

  it('goes on after a signal that could not be journaled, and says so', async () => {
    const full = async () => Promise.reject(new Error('disk full'));
    const { source, played, logged, at } = playing(`${line('a', OPEN)}\n${line('b', OPEN + 1)}`, full);
    await source.start();
    at(OPEN);
    at(OPEN + 1);
    expect(played).toHaveLength(2);
    const words = 'A signal of day.jsonl could not be journaled.';
    await expect.poll(() => logged.filter((text) => text === words)).toHaveLength(2);
  });

  it('is refused whole for one bad line, by its number and reason, and journaled', async () => {
    const { source, refused, isPolling } = playing(
      `${line('a', OPEN)}\n\n${line('b', OPEN).replace('"quantity":1', '"quantity":"1"')}\n`,
    );
    expect(await source.start()).toBe('refused');
    const why = 'line 3: quantity: Invalid input: expected number, received string.';
    expect(refused).toEqual([`file MALFORMED_SIGNAL day.jsonl, ${why}`]);
    expect(isPolling()).toBe(false);
  });

  it('that is not there is a sentence', async () => {
    const { source } = playing('');
    rmSync(path.join(dir, 'day.jsonl'));
    await expect(source.start()).rejects.toThrow(/^The signals file cannot be read \(ENOENT.*Check the path/);
  });

  it.skipIf(!existsSync(REAL_DAY))(
    'of the bot on 2025-12-12 is read as 16 wishes, order 14812 without protection (skipped where that record is absent)',
    () => {
      const lines = readSignalLines(readFileSync(REAL_DAY, 'utf8'));
      const signals = lines.ok ? lines.signals : [];
      expect(signals).toHaveLength(16);
      expect(signals.find(({ signalId }) => signalId === 'order-14812')).toMatchObject({
        strategy: 'bot',
        action: 'BUY',
        orderType: 'LMT',
        entryPrice: 6890.5,
        stopPrice: null,
        targetPrice: null,
      });
    },
  );
});
