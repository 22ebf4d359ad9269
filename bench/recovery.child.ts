/** The start of a worker, up to the state being there: the lease, the journal, the recovery and the replay of `server/worker/main.ts`. */
import { openJournal } from '../server/adapters/journal/journal';
import { openLease } from '../server/adapters/journal/lease';
import { replay } from '../server/worker/recover';
import { ENGINE_VERSION } from './million';

/** Ms since this process was started. */
const sinceStart = () => performance.now();

const loadedMs = sinceStart();
const [file = ''] = process.argv.slice(2);
const databaseUrl = `file:${file}`;
const lease = await openLease({ databaseUrl, holder: 'the bench' });
await lease.acquire('the bench');
const journal = await openJournal({ databaseUrl, engineVersion: ENGINE_VERSION });
const openMs = sinceStart();
const recovered = await journal.recover();
const readMs = sinceStart();
const { state, seq, replayedEntries, divergedSeqs } = replay(recovered);
const replayedMs = sinceStart();
process.send?.({
  loadedMs,
  openMs,
  readMs,
  replayedMs,
  seq,
  replayedEntries,
  diverged: divergedSeqs.length,
  cycles: Object.keys(state.cycles).length,
});
