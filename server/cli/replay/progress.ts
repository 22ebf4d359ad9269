/** How far a long read is: a bar with rate and time left, on a terminal and on standard error only. */
import { SingleBar } from 'cli-progress';

const MEGABYTE = 1_000_000;
/** A read that is shorter than this needs no bar. */
const SHOWN_FROM_BYTES = 20 * MEGABYTE;

export interface Progress {
  at(progress: { bytes: number; total: number | null }): void;
  stop(): void;
}

/** @param shown false: nothing is written at all. */
export function progressBar(shown = process.stderr.isTTY): Progress {
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{bar} {percentage} %  {value} of {total} MB  {rate} MB/s  {eta_formatted} left',
    hideCursor: true,
    clearOnComplete: true,
    etaBuffer: 50,
  });
  let startedMs: number | null = null;
  return {
    at({ bytes, total }) {
      if (!shown || total === null || total < SHOWN_FROM_BYTES) return;
      if (startedMs === null) {
        startedMs = performance.now();
        bar.start(Math.round(total / MEGABYTE), 0, { rate: '-' });
      }
      const seconds = (performance.now() - startedMs) / 1_000;
      const rate = seconds > 0.5 ? Math.round(bytes / MEGABYTE / seconds) : '-';
      bar.update(Math.round(bytes / MEGABYTE), { rate });
    },
    stop() {
      if (startedMs !== null) bar.stop();
    },
  };
}
