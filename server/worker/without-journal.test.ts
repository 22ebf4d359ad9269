import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdingDesk, openDesk } from '../engine/testing/desk';
import { haltFromNote, isQuiet, leaveNote, quietWatch, removeNote } from './without-journal';

let home = '';
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'interlock-note-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('the note of a worker without a journal', () => {
  it('makes the next worker begin halted, once', () => {
    expect(haltFromNote(home)).toBeNull();
    expect(leaveNote(home, 'The disk is full.', 77)).toBe(true);
    const halt = haltFromNote(home);
    if (halt === null) throw new Error('No halt.');
    const desk = openDesk().when(halt);
    expect(desk.state.modes['*']).toMatchObject({
      mode: 'Reducing',
      by: 'worker',
      why: expect.stringContaining('JOURNAL_FAILED'),
    });
    expect(desk.when(halt).of('CommandRepeated')).toHaveLength(1);
    removeNote(home);
    expect(haltFromNote(home)).toBeNull();
  });

  it('that cannot be read halts all the same', () => {
    writeFileSync(path.join(home, 'journal-failed.json'), '{"why":');
    const halt = { type: 'OperatorCommanded', command: { action: { kind: 'HaltEntries', scope: '*' } } };
    expect(haltFromNote(home)).toMatchObject(halt);
    writeFileSync(path.join(home, 'journal-failed.json'), '');
    expect(haltFromNote(home)).toMatchObject(halt);
  });

  it('says when it is not on disk either', () => {
    expect(leaveNote(path.join(home, 'gone'), 'The disk is full.', 77)).toBe(false);
  });
});

describe('a worker without a journal', () => {
  it('is quiet when nothing is held, works or is under way by the broker’s word', () => {
    expect(isQuiet(openDesk().state)).toBe(true);
    expect(isQuiet(openDesk().signal().state)).toBe(false);
    expect(isQuiet(holdingDesk().state)).toBe(false);
    expect(isQuiet(openDesk().cutWire().state)).toBe(false);
  });

  it('ends itself after half a minute of quiet, and not before', () => {
    const watch = quietWatch();
    const { state } = openDesk();
    expect([watch(state, 0), watch(state, 29_999)]).toEqual([false, false]);
    expect(watch(holdingDesk().state, 29_999)).toBe(false);
    expect([watch(state, 30_000), watch(state, 59_999), watch(state, 60_000)]).toEqual([false, false, true]);
  });
});
