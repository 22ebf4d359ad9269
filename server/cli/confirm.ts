/** The dangerous direction is hard: a person types the word, and nothing but the word. */
import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

/** True when `word` was typed, as it is written. */
export async function typed(word: string, input: Readable, output: Writable): Promise<boolean> {
  const lines = createInterface({ input, output });
  const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  const answer = await Promise.race([lines.question(`Type ${word} to go on: `), ended]);
  lines.close();
  return answer.trim() === word;
}
