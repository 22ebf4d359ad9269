/** What a remembered word weighs: the word, or the message that it was cut out of. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { copied } from './copied';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const MB = 2 ** 20;
const MESSAGES = 200;
const MESSAGE_LETTERS = 100_000;

/** MB that are held while one word of each message is remembered. */
function heldBy(remember: (word: string) => string): number {
  collect();
  const before = process.memoryUsage().heapUsed;
  const words = Array.from({ length: MESSAGES }, (_, n) => {
    const message = Buffer.from(`c-miqzx3-${n}:entry|${'0|'.repeat(MESSAGE_LETTERS / 2)}`).toString();
    return remember(message.split('|', 1)[0] ?? '');
  });
  collect();
  const held = process.memoryUsage().heapUsed - before;
  expect(words[1]).toBe('c-miqzx3-1:entry');
  return held / MB;
}

describe('a word of a message', () => {
  it('DANGER: holds the whole message', () => {
    expect(heldBy((word) => word)).toBeGreaterThan(10);
  });

  it('is held alone once it is copied', () => {
    expect(heldBy(copied)).toBeLessThan(2);
  });
});
