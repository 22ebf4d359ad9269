/**
 * API keys of signal senders, and the key of the link. Only a hash of a sender's key is kept for comparing;
 * the first key itself lies beside it, readable by its owner alone, so that a first signal can be sent.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { wordsOf } from './words';

const SIGNALS_FILE = 'signals.json';
const FIRST_KEY_FILE = 'signal.key';
const LINK_KEY_FILE = 'link.key';

const signalKeys = z
  .array(
    z.strictObject({
      name: z.string().regex(/^[A-Za-z0-9._-]{1,32}$/),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  )
  .min(1);
export type SignalKey = z.infer<typeof signalKeys>[number];

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Whole or not at all, and the first one wins: two processes that start together end up with the same key. */
function writeOnce(file: string, text: string): void {
  if (existsSync(file)) return;
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft);
  }
}

function newKey(): string {
  return `${randomBytes(32).toString('base64url')}\n`;
}

/** Makes what is missing: `signal.key` with its hash in `signals.json`, and `link.key`; each readable by its owner only. */
export function ensureKeys(keysDir: string): void {
  mkdirSync(keysDir, { recursive: true, mode: 0o700 });
  writeOnce(path.join(keysDir, LINK_KEY_FILE), newKey());
  const signalsFile = path.join(keysDir, SIGNALS_FILE);
  if (existsSync(signalsFile)) return;
  const keyFile = path.join(keysDir, FIRST_KEY_FILE);
  writeOnce(keyFile, newKey());
  const hash = sha256(readFileSync(keyFile, 'utf8').trim()).toString('hex');
  writeOnce(signalsFile, `${JSON.stringify([{ name: 'default', sha256: hash }], null, 2)}\n`);
}

/** @throws Error that names the file and says what to do, when it is missing or not a list of keys. */
export function readSignalKeys(keysDir: string): readonly SignalKey[] {
  const file = path.join(keysDir, SIGNALS_FILE);
  try {
    return signalKeys.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : wordsOf(error);
    throw new Error(
      `The signal keys in ${file} cannot be used (${why}). Mend the file, or delete it and ${FIRST_KEY_FILE} to get a new key at the next start.`,
    );
  }
}

/** The key that opens the link to the worker. @throws Error that names the file, when it cannot be read or is empty. */
export function readLinkKey(keysDir: string): string {
  const file = path.join(keysDir, LINK_KEY_FILE);
  try {
    const key = readFileSync(file, 'utf8').trim();
    if (key !== '') return key;
  } catch (error) {
    throw new Error(`The link key cannot be read (${wordsOf(error)}). Start the stack once to make it.`);
  }
  throw new Error(`The link key ${file} is empty. Delete it and start the stack again to get a new one.`);
}

/** Compares with every key and without a shortcut: the time it takes tells nothing. @returns the sender's name, or null. */
export function senderOf(keys: readonly SignalKey[], presented: string | null): string | null {
  const hash = sha256(presented ?? '');
  let sender: string | null = null;
  for (const key of keys) {
    if (timingSafeEqual(hash, Buffer.from(key.sha256, 'hex'))) sender = key.name;
  }
  return presented ? sender : null;
}
