/** How far an incident is, in a few words. */
import { duration } from '../live/format/time';
import type { Incident } from './queries';
import { bytesSaid } from './said';

export function PhaseLine({ phase }: { phase: Incident['phase'] }) {
  switch (phase.name) {
    case 'filling':
      return <span className="text-caution">not all files have come in</span>;
    case 'reading': {
      const share = phase.totalBytes === 0 ? 0 : phase.readBytes / phase.totalBytes;
      return (
        <span className="inline-flex items-center gap-2 text-accent">
          <progress
            value={share}
            max={1}
            aria-label="Read so far"
            className="h-1.5 w-24 overflow-hidden rounded-full [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-accent"
          />
          <span className="num">
            reading, {bytesSaid(phase.readBytes)} of {bytesSaid(phase.totalBytes)}
          </span>
        </span>
      );
    }
    case 'done':
      return <span className="text-faint">read in {duration(phase.tookMs)}</span>;
    case 'failed':
      return <span className="text-danger">{phase.why}</span>;
  }
}
