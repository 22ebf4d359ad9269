/** Databases for the tests of this folder, each in a folder of its own that is gone when the test is finished. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder whose name has characters that a URL escapes. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'interlock journal 100%25 '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function temporaryDatabase(): { file: string; databaseUrl: string } {
  const file = path.join(temporaryFolder(), 'interlock.db');
  return { file, databaseUrl: `file:${file}` };
}
