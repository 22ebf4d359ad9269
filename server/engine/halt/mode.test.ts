import { describe, expect, it } from 'vitest';
import { rank, type StoredMode } from '../model/operator';
import { holdingDesk, openDesk } from '../testing/desk';
import { HOST_AHEAD_MS, T0 } from '../testing/instruments';
import { calmState } from '../testing/scenario';
import { tighten } from './mode';
import { resume } from './resume';

const STORED: readonly StoredMode[] = ['Active', 'Reducing', 'Halted'];
const who = { by: 'engine', why: 'test', ts: 1 };

describe('trading modes', () => {
  it('tighten only moves toward safer, for every pair of modes (I19)', () => {
    for (const from of STORED) {
      for (const to of STORED) {
        const state = { ...calmState(), modes: { '*': { mode: from, since: 0, by: 'ana', why: '' } } };
        const outcome = tighten(state, '*', to, who);
        const safer = rank(to) > rank(from);
        const expected: StoredMode = safer ? to : from;
        expect(outcome.state.modes['*']?.mode).toBe(expected);
        expect(outcome.facts).toHaveLength(safer ? 1 : 0);
      }
    }
  });

  it('of an instrument and of the whole do not touch each other', () => {
    const desk = openDesk().operator({ kind: 'HaltEntries', scope: 'MES', reason: 'roll' });
    expect(desk.of('ModeChanged')).toMatchObject([
      { scope: 'MES', from: 'Active', to: 'Reducing', by: 'ana' },
    ]);
    expect(desk.signal().of('EntryApproved')).toHaveLength(1);
    expect(desk.signal({ signalId: 's-2', symbol: 'MES' }).of('EntryDenied')).toMatchObject([
      { reasons: ['ENTRIES_HALTED'] },
    ]);
  });

  it('survive a restart', () => {
    const desk = openDesk().operator({ kind: 'Halt', scope: '*', reason: 'news' }).restart().reconnect();
    expect(desk.state.modes['*']).toMatchObject({ mode: 'Halted', by: 'ana', why: 'news' });
  });
});

describe('Halt', () => {
  it('cancels the entries that work, and keeps protection (I20)', () => {
    const desk = holdingDesk();
    desk.signal({ signalId: 's-2', symbol: 'MES' });
    desk.operator({ kind: 'Halt', scope: '*', reason: 'news' });
    expect(desk.sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('entry') }]);
    expect(desk.broker.working()).toHaveLength(2);
    expect(desk.openCycles()).toMatchObject([{ symbol: 'ES', protection: { state: 'protected' } }]);
  });

  it('after an approval and before its order went out is one step too late for the order, never for its cancel', () => {
    const desk = openDesk().signal();
    expect(desk.sent).toHaveLength(1);
    desk.operator({ kind: 'Halt', scope: '*', reason: 'news' });
    expect(desk.broker.working()).toEqual([]);
    expect(desk.signal({ signalId: 's-2', strategy: 'other' }).sent).toEqual([]);
  });
});

describe('Resume', () => {
  const halted = () => openDesk().operator({ kind: 'HaltEntries', scope: '*', reason: 'news' });

  it('needs a reason', () => {
    const desk = halted().operator({ kind: 'Resume', scope: '*', reason: '' });
    expect(desk.facts).toMatchObject([{ type: 'CommandRefused', code: 'REASON_REQUIRED' }]);
    expect(desk.state.modes['*']?.mode).toBe('Reducing');
  });

  it('needs every check green, and says which is not', () => {
    const desk = halted().cutWire().operator({ kind: 'Resume', scope: '*', reason: 'calm again' });
    expect(desk.facts).toMatchObject([
      {
        type: 'CommandRefused',
        code: 'HEALTH_CHECK_FAILED',
        why: 'Broker connected: The gateway closed the connection.; Book reconciled: none',
      },
    ]);
    expect(desk.state.modes['*']?.mode).toBe('Reducing');
  });

  it('is refused while a position is bare', () => {
    const desk = holdingDesk();
    desk.operator({ kind: 'HaltEntries', scope: '*', reason: 'news' });
    desk.wired = false;
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    desk.operator({ kind: 'Resume', scope: '*', reason: 'calm again' });
    expect(desk.facts[0]).toMatchObject({
      code: 'HEALTH_CHECK_FAILED',
      why: expect.stringContaining('ES is'),
    });
  });

  it('with both goes back to Active, on record', () => {
    const desk = halted().operator({ kind: 'Resume', scope: '*', reason: 'calm again' });
    expect(desk.of('ModeChanged')).toMatchObject([
      { from: 'Reducing', to: 'Active', by: 'ana', why: 'calm again' },
    ]);
  });

  it('of what is Active is NOTHING_TO_DO', () => {
    const state = calmState();
    const command = {
      commandId: 'command-1',
      operator: 'ana',
      via: 'console',
      action: { kind: 'Resume' as const, scope: '*', reason: 'why not' },
    };
    const at = { ts: T0, hostMs: T0 + HOST_AHEAD_MS };
    expect(resume(state, command, '*', at)).toMatchObject({ refused: 'NOTHING_TO_DO' });
  });
});

describe('an operator command', () => {
  it('with an id that was heard before is the same command', () => {
    const desk = openDesk().operator({ kind: 'HaltEntries', scope: '*', reason: 'news' }, 'click-0001');
    desk.operator({ kind: 'Resume', scope: '*', reason: 'calm' }, 'click-0002');
    desk.operator({ kind: 'HaltEntries', scope: '*', reason: 'news' }, 'click-0001');
    expect(desk.facts).toEqual([{ type: 'CommandRepeated', commandId: 'click-0001' }]);
    expect(desk.state.modes['*']?.mode).toBe('Active');
  });

  it('stays heard over a restart', () => {
    const desk = openDesk()
      .operator({ kind: 'HaltEntries', scope: '*', reason: 'news' }, 'click-0001')
      .restart();
    desk.operator({ kind: 'HaltEntries', scope: '*', reason: 'news' }, 'click-0001');
    expect(desk.facts).toEqual([{ type: 'CommandRepeated', commandId: 'click-0001' }]);
  });
});
