import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logFile, parseLine, terminalLine } from './log';

describe('a line that a process printed', () => {
  it('is kept as it is when it is a line of pino', () => {
    const text = '{"level":40,"time":5,"msg":"gateway is gone","cycleId":"c1"}';
    expect(parseLine(text, 'stdout', 9)).toEqual({
      level: 40,
      time: 5,
      msg: 'gateway is gone',
      cycleId: 'c1',
    });
  });

  it.each(['plain words', '{"half":', '[1]', '"text"', '{"level":"high","time":1}'])(
    'is wrapped when it is not one: %s',
    (text) => {
      expect(parseLine(text, 'stdout', 9)).toEqual({ level: 30, time: 9, msg: text });
      expect(parseLine(text, 'stderr', 9)).toEqual({ level: 40, time: 9, msg: text });
    },
  );
});

describe('the terminal', () => {
  it('shows warnings and errors with the name of the process', () => {
    expect(terminalLine('worker', { level: 40, time: 0, msg: 'stale data' })).toMatch(
      /^\d\d:\d\d:\d\d worker {3}WARN {3}stale data$/,
    );
    expect(terminalLine('web', { level: 50, time: 0, msg: 'broken' })).toMatch(/ web {6}ERROR {2}broken$/);
  });

  it('leaves information and empty lines to the file', () => {
    expect(terminalLine('worker', { level: 30, time: 0, msg: 'hello' })).toBeNull();
    expect(terminalLine('worker', { level: 40, time: 0, msg: ' ' })).toBeNull();
  });
});

describe('a log file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'interlock-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gets one JSON line after another, also across starts', () => {
    const file = path.join(folder, 'web.log');
    logFile(file)({ level: 30, time: 1, msg: 'first' });
    logFile(file)({ level: 30, time: 2, msg: 'second' });
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines.map((line) => parseLine(line, 'stdout', 0).msg)).toEqual(['first', 'second']);
  });

  it('is put aside when it has grown beyond 32 MiB', () => {
    const file = path.join(folder, 'web.log');
    writeFileSync(file, '');
    truncateSync(file, 33 * 1024 * 1024);
    logFile(file)({ level: 30, time: 1, msg: 'fresh' });
    expect(readFileSync(file, 'utf8')).toBe('{"level":30,"time":1,"msg":"fresh"}\n');
    expect(readFileSync(`${file}.1`).length).toBe(33 * 1024 * 1024);
  });
});
