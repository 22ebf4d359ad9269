/** One recorded connection, played: when each frame is due, what is waited for, and what a client says that was not recorded. */
import { expect, it } from 'vitest';
import type { RecordedFrame } from '../record/recording';
import { Player } from './player';
import { sessionsOf } from './session';

const HANDSHAKE: RecordedFrame[] = [
  { ms: 0, conn: 1, way: 'in', fields: ['v100..193'] },
  { ms: 0, conn: 1, way: 'out', fields: ['193'] },
];

function frame(ms: number, way: RecordedFrame['way'], said: string): RecordedFrame {
  return { ms, conn: 1, client: 7, way, fields: said.split(' ') };
}

/** A player of these frames after startApi at 1,000 ms; the client has said startApi just now, at wall time 0. */
function playing(frames: readonly RecordedFrame[], speed = 1): Player {
  const [session] = sessionsOf([...HANDSHAKE, frame(1_000, 'in', '71 2 7'), ...frames]);
  if (!session) throw new Error('no session');
  const player = new Player(session, speed, 0);
  player.hears(['71', '2', '7']);
  return player;
}

it('says each frame when it was said, and all that is due at once', () => {
  const player = playing([
    frame(1_000, 'out', '15 1 DU1'),
    frame(1_000, 'out', '9 1 1'),
    frame(1_500, 'out', '49 1 5'),
  ]);
  expect(player.play(0)).toEqual({
    say: [
      ['15', '1', 'DU1'],
      ['9', '1', '1'],
    ],
    next: { kind: 'due', inMs: 500 },
  });
  expect(player.play(499)).toEqual({ say: [], next: { kind: 'due', inMs: 1 } });
  expect(player.play(500)).toEqual({ say: [['49', '1', '5']], next: { kind: 'over' } });
});

it('is as much faster as it is told to be', () => {
  const player = playing([frame(61_000, 'out', '49 1 5')], 60);
  expect(player.play(0).next).toEqual({ kind: 'due', inMs: 1_000 });
});

it('waits for a client that takes longer, and then keeps the distances', () => {
  const player = playing([frame(1_100, 'in', '3 1'), frame(1_150, 'out', '3 1 Submitted')]);
  expect(player.play(100).next).toEqual({ kind: 'waits', expected: 'placeOrder' });
  player.hears(['3', '1']);
  expect(player.play(9_000).next).toEqual({ kind: 'due', inMs: 50 });
  expect(player.play(9_050).say).toEqual([['3', '1', 'Submitted']]);
});

it('does not run ahead of the recording for a client that is faster', () => {
  const player = playing([frame(2_000, 'in', '3 1'), frame(2_050, 'out', '3 1 Submitted')]);
  player.hears(['3', '1']);
  expect(player.play(10).next).toEqual({ kind: 'due', inMs: 990 });
});

it('counts by kind: two kinds may come in another order, the second of a kind waits for the second', () => {
  const player = playing([
    ...[frame(1_000, 'in', '3 1'), frame(1_000, 'in', '61 1'), frame(1_000, 'in', '3 2')],
    frame(1_000, 'out', '3 2 Submitted'),
  ]);
  for (const said of [
    ['61', '1'],
    ['3', '1'],
  ])
    expect(player.hears(said)).toBeUndefined();
  expect(player.play(0)).toEqual({ say: [], next: { kind: 'waits', expected: 'placeOrder' } });
  player.hears(['3', '2']);
  expect(player.play(0).say).toEqual([['3', '2', 'Submitted']]);
});

it('remarks what the recording has otherwise, or has not, and what it waits for instead', () => {
  const player = playing([frame(1_000, 'in', '3 1 265598'), frame(1_000, 'in', '4 1')]);
  expect(player.hears(['3', '2', '265598'])).toEqual({
    kind: 'other fields',
    said: 'placeOrder',
    fields: [1],
  });
  expect(player.hears(['3', '3', '265598'])).toEqual({
    ...{ kind: 'not in the recording', said: 'placeOrder', expected: 'cancelOrder' },
  });
  player.hears(['4', '1']);
  expect(player.hears(['16', '1'])).toMatchObject({ said: 'reqAllOpenOrders', expected: 'nothing more' });
});

it('hangs up where the gateway did, and leaves it to the client where the client did', () => {
  const cut = playing([frame(1_200, 'end', 'gateway cut')]);
  expect(cut.play(0).next).toEqual({ kind: 'due', inMs: 200 });
  expect(cut.play(200).next).toEqual({ kind: 'hangs up', reason: 'cut' });
  expect(playing([frame(1_200, 'end', 'client left')]).play(200).next).toEqual({ kind: 'over' });
});
