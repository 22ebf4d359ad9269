import { describe, expect, it } from 'vitest';
import type { StreamMessage } from '../engine/view/words';
import { snapshotOf } from './sample';
import { openStream } from './stream';

const frame = (n: number): StreamMessage => ({ kind: 'frame', n, set: { seq: n } });

function listening() {
  const heard: string[] = [];
  let resyncs = 0;
  const stream = openStream(() => {
    resyncs += 1;
  });
  const listener = (message: StreamMessage) => void heard.push(`${message.kind} ${message.n}`);
  return { stream, heard, listener, resyncs: () => resyncs };
}

describe('the stream', () => {
  it('is a snapshot and then each frame that follows it', () => {
    const { stream, heard, listener } = listening();
    stream.join(listener);
    for (const message of [snapshotOf(4), frame(5), frame(6)]) stream.take(message);
    expect(heard).toEqual(['snapshot 4', 'frame 5', 'frame 6']);
  });

  it.each([7, 5, 4])(
    'asks once for a snapshot when frame %i comes after 5, and passes over all until it is there',
    (n) => {
      const { stream, heard, listener, resyncs } = listening();
      stream.join(listener);
      for (const message of [snapshotOf(4), frame(5), frame(n), frame(n + 1)]) stream.take(message);
      expect(resyncs()).toBe(1);
      for (const message of [snapshotOf(9), frame(10)]) stream.take(message);
      expect(heard).toEqual(['snapshot 4', 'frame 5', 'snapshot 9', 'frame 10']);
    },
  );

  it('gives who joins later one snapshot that holds all frames so far', () => {
    const { stream } = listening();
    stream.join(() => {});
    const other = snapshotOf(0).worker;
    stream.take(snapshotOf(4, { seq: 4, ts: 40 }));
    stream.take({ kind: 'frame', n: 5, set: { seq: 5 }, worker: { ...other, speed: 60 } });
    const seen: StreamMessage[] = [];
    stream.join((message) => seen.push(message));
    expect(seen).toEqual([{ ...snapshotOf(5, { seq: 5, ts: 40 }), worker: { ...other, speed: 60 } }]);
  });

  it('tells nothing to who has left', () => {
    const { stream, heard, listener } = listening();
    const leave = stream.join(listener);
    stream.take(snapshotOf(1));
    leave();
    stream.take(frame(2));
    expect(heard).toEqual(['snapshot 1']);
  });
});
