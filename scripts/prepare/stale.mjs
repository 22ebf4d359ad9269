/** What has to be done again: decided from contents, never from file times, so that a checkout or a copy changes nothing. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Why `npm install` is needed, in a few words, or null: every package that the lockfile names must be there in that version.
 * Optional packages of other platforms may be missing.
 * @param lock parsed package-lock.json
 * @param installed parsed node_modules/.package-lock.json, or null when there is none
 */
export function installReason(lock, installed) {
  if (installed === null) return 'nothing is installed';
  for (const [place, wanted] of Object.entries(lock.packages)) {
    if (place === '' || wanted.optional || wanted.devOptional || wanted.link) continue;
    const found = installed.packages[place];
    if (found === undefined) return `${wanted.name ?? place.replace(/^.*node_modules\//, '')} is missing`;
    if (found.version !== wanted.version)
      return `${place.replace(/^.*node_modules\//, '')} is ${found.version}`;
  }
  return null;
}

/** One hash over the names and contents of these files and folders below `root`; tests do not count, absent ones may appear later. */
export function hashOf(root, inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesOf(root, input))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesOf(root, input) {
  const found = statSync(path.join(root, input), { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [input];
  return readdirSync(path.join(root, input))
    .sort()
    .flatMap((name) => filesOf(root, `${input}/${name}`))
    .filter((file) => !/\.test\.tsx?$/.test(file));
}
