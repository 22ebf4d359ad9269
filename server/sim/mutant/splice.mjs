/**
 * Loaded before tsx: one source file reaches it with one place of its text replaced, in this process only. Nothing on disk is touched.
 * The mutant is in the environment as JSON: `{ file, find, replace }`.
 */
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

let mutant = { file: '', find: '', replace: '' };

if (isMainThread && process.env.MUTANT) register(import.meta.url, { data: JSON.parse(process.env.MUTANT) });

export function initialize(data) {
  mutant = data;
}

export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  if (!new URL(url).pathname.endsWith(`/${mutant.file}`)) return loaded;
  return { ...loaded, source: String(loaded.source).replace(mutant.find, () => mutant.replace) };
}
