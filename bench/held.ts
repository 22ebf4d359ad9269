/** What is held: the heap of this process, garbage left out. */
import { getHeapCodeStatistics } from 'node:v8';

const MB = 2 ** 20;

export interface Held {
  /** Objects, strings, arrays: all but machine code, of which V8 makes more for as long as it finds what to make faster. */
  dataMb: number;
  codeMb: number;
}

/** @throws Error in a process that was not started with --expose-gc */
export function held(): Held {
  const collect = global.gc;
  if (collect === undefined) throw new Error('Only with --expose-gc can a process be weighed.');
  // twice: what the first run finalizes is garbage for the second
  collect();
  collect();
  const { code_and_metadata_size: machine, bytecode_and_metadata_size: bytecode } = getHeapCodeStatistics();
  const codeMb = (machine + bytecode) / MB;
  return { dataMb: process.memoryUsage().heapUsed / MB - codeMb, codeMb };
}

const COPIES = 20;

/** MB of data that what `build` returns holds: of many of them, because so little is lost in what a heap does by itself. */
export function weightOf(build: () => unknown): number {
  const before = held().dataMb;
  const built = Array.from({ length: COPIES }, build);
  const after = held().dataMb;
  return (after - before) / built.length;
}
