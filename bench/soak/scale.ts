/** Loaded into a process of the stack before its own main, so that what ships can be weighed. */
import { readdirSync } from 'node:fs';
import { writeHeapSnapshot } from 'node:v8';
import { type Held, held } from '../held';

export interface Weight extends Held {
  /** Outside the heap. */
  buffersMb: number;
  residentMb: number;
  /** Open connections, and all that the system counts as open. */
  sockets: number;
  descriptors: number;
}

/** What the process that started this one may ask: `weigh`, or a file to write the heap to. */
export type Asked = 'weigh' | { snapshot: string };

/** A worker says other things to its parent too. */
export interface Answered<T> {
  answered: T;
}

const MB = 2 ** 20;

process.on('message', (asked: Asked) => {
  if (asked === 'weigh') answer(weigh());
  else if (typeof asked === 'object' && 'snapshot' in asked) answer(writeHeapSnapshot(asked.snapshot));
});

function answer<T>(answered: T): void {
  process.send?.({ answered } satisfies Answered<T>);
}

function weigh(): Weight {
  const { rss, external } = process.memoryUsage();
  return {
    ...held(),
    buffersMb: external / MB,
    residentMb: rss / MB,
    sockets: process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length,
    descriptors: readdirSync('/proc/self/fd').length,
  };
}
