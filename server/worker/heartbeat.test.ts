import { expect, it } from 'vitest';
import { heartbeat } from './heartbeat';

it('a turn of the loop is a sign of life, at most once a second', () => {
  let hostMs = 0;
  const beats: number[] = [];
  const turned = heartbeat({ now: () => ({ ts: 0, hostMs }) }, () => beats.push(hostMs));
  for (hostMs = 5_000; hostMs <= 7_500; hostMs += 250) turned();
  hostMs = 60_000;
  turned();
  expect(beats).toEqual([5_000, 6_000, 7_000, 60_000]);
});
