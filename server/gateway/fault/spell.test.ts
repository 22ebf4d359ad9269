/** Faults as they are typed and as they stand in a file: what is understood, and the one sentence for what is not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StartRefused } from '../tape-file';
import { catalogue } from './fault';
import { readPlan } from './plan';
import { FaultRefused, parseFault, readFault, readFaults, spell } from './spell';

const folder = mkdtempSync(path.join(tmpdir(), 'faults-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a fault as it is typed', () => {
  it.each([
    ['delayAck 500', { fault: { kind: 'delayAck', byMs: 500 }, at: 0 }],
    ['delayAck', { fault: { kind: 'delayAck', byMs: 500 }, at: 0 }],
    ['halfOpen at 10000 for 5000', { fault: { kind: 'halfOpen' }, at: 10_000, forMs: 5000 }],
    ['lostStatuses 0.5 client=3', { fault: { kind: 'lostStatuses', share: 0.5, client: 3 }, at: 0 }],
    ['1100->1101 false', { fault: { kind: '1100->1101', keepOrders: false }, at: 0 }],
    [
      'stall at 60000 for 5000 clock=market',
      { fault: { kind: 'stall' }, at: 60_000, forMs: 5000, clock: 'market' },
    ],
    [
      'dropTcp at 2025-11-12T15:00:00Z',
      { fault: { kind: 'dropTcp' }, at: 0, atTs: Date.parse('2025-11-12T15:00:00Z'), clock: 'market' },
    ],
    [
      'rejectNext 110 errorFirst orderRef=stop',
      { fault: { kind: 'rejectNext', code: 110, manner: 'errorFirst', orderRef: 'stop' }, at: 0 },
    ],
  ])('%s', (text, timed) => expect(parseFault(text)).toEqual(timed));

  it.each([
    ['delayack 5', /^"delayack" is no fault of this gateway; there are dropTcp, halfOpen,/],
    ['delayAck soon', /^delayAck: byMs: .*expected number.*; it takes byMs, client$/],
    ['delayAck 5 6', /^delayAck takes no "6"; it takes byMs, client$/],
    ['delayAck -5', /^delayAck: byMs: .*>=0; it takes byMs, client$/],
    ['delayAck 5 every=2', /^delayAck: .*"every"; it takes byMs, client$/],
    ['lostStatuses 1.5', /^lostStatuses: share: .*<=1; it takes share, client$/],
    ['halfOpen for', /^"for" wants milliseconds, such as for 5000$/],
    ['halfOpen at noon', /^"at" wants milliseconds, such as at 5000, or a time of the market with its zone$/],
    ['halfOpen clock=sun', /^"clock" is wall or market$/],
    ['halfOpen at 2025-11-12T15:00:00Z clock=wall', /^a time of day is the market's: leave out clock=wall$/],
    ['dropTcp for 5000', /^dropTcp happens once: leave out for how long$/],
    ['', /^"" is no fault of this gateway/],
  ])('%s is refused in one sentence', (text, sentence) => {
    expect(() => parseFault(text)).toThrow(FaultRefused);
    expect(() => parseFault(text)).toThrow(sentence);
  });

  it('can be written down and read again, every kind of it', () => {
    for (const { kind } of catalogue()) {
      const { fault } = parseFault(kind);
      expect(parseFault(spell(fault)).fault).toEqual(fault);
    }
  });
});

describe('a file of faults', () => {
  it('has one a line, with its time; the fault may be typed', () => {
    const text = [
      '# the night',
      '{"at": 1000, "fault": {"kind": "1100->1102"}, "forMs": 2000}',
      '',
      '{"at": 5000, "fault": "restart downMs=100"}',
      '{"at": 60000, "fault": "stall", "forMs": 1000, "clock": "market"}',
      '{"at": "2025-11-12T09:00:00-06:00", "fault": "stall for 500"}',
    ].join('\n');
    expect(readFaults(text)).toEqual([
      { at: 1000, fault: { kind: '1100->1102', keepOrders: true }, forMs: 2000 },
      { at: 5000, fault: { kind: 'restart', keepOrders: true, downMs: 100 } },
      { at: 60_000, fault: { kind: 'stall' }, forMs: 1000, clock: 'market' },
      {
        at: 0,
        atTs: Date.parse('2025-11-12T15:00:00Z'),
        fault: { kind: 'stall' },
        forMs: 500,
        clock: 'market',
      },
    ]);
  });

  it.each([
    ['{"at": 1000, "fault": ', /^line 2: it is not JSON$/],
    [
      '{"at": -1, "fault": "stall"}',
      /^line 2: at: ms from 0 to a day, or a time of the market, ISO with its zone; say {"at": ms, "fault": {...}, "forMs": ms}$/,
    ],
    ['{"at": 1, "fault": {"kind": "stal"}}', /^line 2: "stal" is no fault of this gateway/],
    ['{"at": 1, "fault": "stall", "every": 5}', /^line 2: .*"every"/],
    ['7', /^line 2: /],
  ])('%s is refused with its line', (line, sentence) => {
    expect(() => readFaults(`{"fault": "stall"}\n${line}`)).toThrow(sentence);
  });
});

describe('a plan', () => {
  it('is what was typed and what the file says', () => {
    const file = path.join(folder, 'faults.jsonl');
    writeFileSync(file, '{"at": 1000, "fault": "dropTcp"}\n');
    expect(readPlan(['stall for 100'], file).map(({ fault }) => spell(fault))).toEqual(['stall', 'dropTcp']);
  });

  it('is refused whole, in one sentence', () => {
    const file = path.join(folder, 'wrong.jsonl');
    writeFileSync(file, '{"at": 1000, "fault": "dropTcp"}\n{"at": 1000}\n');
    expect(() => readPlan(['stall'], file)).toThrow(StartRefused);
    expect(() => readPlan(['stall'], file)).toThrow(/^--faults .*wrong\.jsonl: line 2: .*\.$/);
    expect(() => readPlan(['stale'], undefined)).toThrow(/^--fault: "stale" is no fault/);
    expect(() => readPlan([], path.join(folder, 'none'))).toThrow(/cannot be read .*; check the path\.$/);
  });
});

it('a live fault needs no time of its own', () => {
  expect(readFault({ fault: { kind: 'stall' } })).toEqual({
    at: 0,
    fault: { kind: 'stall' },
    forMs: undefined,
  });
});
