import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureKeys, readLinkKey, readSignalKeys, senderOf } from './keys';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'interlock-keys-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const read = (name: string) => readFileSync(path.join(dir, 'keys', name), 'utf8');

describe('keys', () => {
  it('are made at the first start, readable by their owner only, and kept at the next', () => {
    ensureKeys(path.join(dir, 'keys'));
    const before = ['signals.json', 'signal.key', 'link.key'].map(read);
    for (const name of ['signals.json', 'signal.key', 'link.key']) {
      expect(statSync(path.join(dir, 'keys', name)).mode & 0o777).toBe(0o600);
    }
    ensureKeys(path.join(dir, 'keys'));
    expect(['signals.json', 'signal.key', 'link.key'].map(read)).toEqual(before);
    expect(read('link.key')).not.toBe(read('signal.key'));
  });

  it('let in who holds one, and no one else', () => {
    ensureKeys(path.join(dir, 'keys'));
    const keys = readSignalKeys(path.join(dir, 'keys'));
    const key = read('signal.key').trim();
    expect(senderOf(keys, key)).toBe('default');
    expect(senderOf(keys, `${key}x`)).toBeNull();
    expect(senderOf(keys, key.slice(1))).toBeNull();
    expect(senderOf(keys, '')).toBeNull();
    expect(senderOf(keys, null)).toBeNull();
  });

  it('do not stand in the file of hashes', () => {
    ensureKeys(path.join(dir, 'keys'));
    expect(read('signals.json')).not.toContain(read('signal.key').trim());
  });

  it('open the link when the file is there and not empty', () => {
    expect(() => readLinkKey(dir)).toThrow(/^The link key cannot be read \(ENOENT.*Start the stack once/s);
    writeFileSync(path.join(dir, 'link.key'), '\n');
    expect(() => readLinkKey(dir)).toThrow(/is empty\. Delete it and start the stack again/);
    ensureKeys(path.join(dir, 'keys'));
    expect(readLinkKey(path.join(dir, 'keys'))).toBe(read('link.key').trim());
  });

  it('are refused with the name of the file and what to do when the file is not a list of keys', () => {
    writeFileSync(path.join(dir, 'signals.json'), '[{"name":"x","sha256":"short"}]');
    expect(() => readSignalKeys(dir)).toThrow(/signals\.json cannot be used .*Mend the file, or delete it/s);
    writeFileSync(path.join(dir, 'signals.json'), 'nonsense');
    expect(() => readSignalKeys(dir)).toThrow(/signals\.json cannot be used/);
    expect(() => readSignalKeys(path.join(dir, 'nowhere'))).toThrow(/cannot be used \(ENOENT/);
  });
});
