/** Every scenario of this room, in the order of files and lines. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { SCENARIOS, type Scenario } from './scenario';

export async function allScenarios(): Promise<readonly Scenario[]> {
  const names = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.test.ts')).sort();
  for (const name of names) await import(path.join(import.meta.dirname, name));
  return SCENARIOS;
}
