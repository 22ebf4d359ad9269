/** The command line, right and wrong: each mistake gets one sentence that names it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlaybackSettings, readSettings } from './settings';
import { StartRefused } from './tape-file';

const NOW = Date.parse('2025-11-12T20:00:00Z');
const GOOD = ['timestamp,open,high,low,close,volume', '2025-11-12T14:45:00.000Z,6000,6001,5999,6000.5,100'];
const folder = mkdtempSync(path.join(tmpdir(), 'gateway-'));
const tape = (name: string) => path.join(folder, name);
const asTyped = {
  ...{ port: '4002', host: '127.0.0.1', account: 'DU1234567', seed: '1', speed: '1', symbol: 'ES' },
  ...{ serverVersion: '193', quoteInterval: '250' },
};

beforeAll(() => {
  writeFileSync(tape('good.csv'), GOOD.join('\n'));
  writeFileSync(tape('good.csv.gz'), gzipSync(GOOD.join('\n')));
  writeFileSync(tape('bad.csv'), [...GOOD, '2025-11-12T14:46:00.000Z,6000,5990,5999,6000,1'].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('without a tape', () => {
  it('the market begins now, and does not wait for a client', () => {
    expect(readSettings(asTyped, NOW)).toMatchObject({ startTs: NOW, holdUntilClient: false, port: 4002 });
  });

  it.each([
    [undefined, 'keeps the CME sessions'],
    ['globex', 'keeps the CME sessions'],
    ['demo', 'begins with the US open'],
    ['steady', 'open around the clock'],
  ])('the market is %s: it %s', (market, said) => {
    const { market: make, startTs } = readSettings({ ...asTyped, market }, NOW);
    expect(make({ seed: 1, startTs }).description).toContain(said);
  });

  it('it may begin at another time, with its zone', () => {
    const at = '2025-11-12T09:00:00-06:00';
    expect(readSettings({ ...asTyped, at }, NOW).startTs).toBe(Date.parse('2025-11-12T15:00:00Z'));
  });
});

describe('with a tape', () => {
  it.each(['good.csv', 'good.csv.gz'])('%s is played from its first bar, once a client is there', (name) => {
    const settings = readSettings({ ...asTyped, tape: tape(name) }, NOW);
    expect(settings).toMatchObject({ startTs: Date.parse('2025-11-12T14:45:00Z'), holdUntilClient: true });
  });

  it('it may be told not to wait', () => {
    const raw = { ...asTyped, tape: tape('good.csv'), holdUntilClient: false };
    expect(readSettings(raw, NOW).holdUntilClient).toBe(false);
  });
});

describe('a behaviour', () => {
  it('is set by name, for the gateway and for its exchange', () => {
    const set = [
      'pacing=reject',
      'masterClientId=9',
      'childActivation=onFullFill',
      'stopsWaitForLiquidHours=false',
    ];
    expect(readSettings({ ...asTyped, set }, NOW)).toMatchObject({
      rules: { pacing: 'reject', masterClientId: 9 },
      exchange: { childActivation: 'onFullFill', stopsWaitForLiquidHours: false },
    });
  });

  it.each([
    ['haste=5', 'knows no "haste"'],
    ['pacing=never', '--set pacing=never cannot be'],
    ['latencyMs=-1', '--set latencyMs=-1 cannot be'],
  ])('that is %s is refused', (text, sentence) => {
    expect(() => readSettings({ ...asTyped, set: [text] }, NOW)).toThrow(sentence);
  });
});

describe('a mistake', () => {
  it.each([
    [{ port: '99999' }, '--port must be at most 65535.'],
    [{ port: 'four' }, '--port must be a number.'],
    [{ speed: '0' }, '--speed must be at least 0.1.'],
    [{ symbol: 'CL' }, '--symbol must be ES, MES, NQ or MNQ.'],
    [{ serverVersion: '176' }, '--server-version must be at least 177.'],
    [{ account: 'U1234567' }, '--account must look like a paper account, DU1234567.'],
    [{ at: 'noon' }, '--at must be an ISO time with its zone, such as 2025-12-12T14:45:00Z.'],
    [{ at: '2025-13-12T14:45:00Z' }, '--at must be a time that exists.'],
  ])('%o is told: %s', (wrong, sentence) => {
    expect(() => readSettings({ ...asTyped, ...wrong }, NOW)).toThrow(new StartRefused(sentence));
  });

  it('in a row of the tape is told with the number of the row', () => {
    const raw = { ...asTyped, tape: tape('bad.csv') };
    expect(() => readSettings(raw, NOW)).toThrow(
      /bad\.csv, row 3: high 5990 is below low 5999; correct the row/,
    );
  });

  it('in the path of the tape is told with what to check', () => {
    const raw = { ...asTyped, tape: tape('absent.csv') };
    expect(() => readSettings(raw, NOW)).toThrow(/absent\.csv cannot be read .*; check the path/);
  });

  it('of a time outside the tape is told with the times inside', () => {
    const raw = { ...asTyped, tape: tape('good.csv'), at: '2025-11-12T15:00:00Z' };
    expect(() => readSettings(raw, NOW)).toThrow(
      /choose a time between 2025-11-12T14:45:00.000Z and 2025-11-12T14:46/,
    );
  });
});

describe('a playback', () => {
  it('has a port, a host and a speed', () => {
    const raw = { ...asTyped, playback: 'wire.jsonl', speed: '60' };
    expect(readPlaybackSettings(raw, ['--playback', '--speed'])).toEqual({
      ...{ playback: 'wire.jsonl', port: 4002, host: '127.0.0.1', speed: 60 },
    });
  });

  it.each([
    [
      { playback: 'a' },
      ['--playback', '--tape', '--fault'],
      /nothing that was recorded; leave out --tape, --fault\.$/,
    ],
    [{ playback: '' }, ['--playback'], /^--playback must name a file\.$/],
    [{ playback: 'a', speed: '0' }, ['--playback', '--speed'], /^--speed must be at least 0\.1\.$/],
  ])('%o with %o is refused in one sentence', (raw, given, sentence) => {
    expect(() => readPlaybackSettings({ ...asTyped, ...raw }, given)).toThrow(StartRefused);
    expect(() => readPlaybackSettings({ ...asTyped, ...raw }, given)).toThrow(sentence);
  });
});
