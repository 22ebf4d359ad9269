/** For crash.test.ts: appends until it is killed, printing the last seq of each batch once the journal says that it is on disk. */
import { writeSync } from 'node:fs';
import { batchOf, cycleRow, denialAt, entryAt } from './fixtures';
import { openJournal } from './journal';

const [databaseUrl = ''] = process.argv.slice(2);
const journal = await openJournal({ databaseUrl, engineVersion: '1.0.0' });
const { lastSeq } = await journal.recover();
for (let seq = lastSeq + 1; ; seq += 2) {
  await journal.append(
    batchOf([denialAt(seq), entryAt(seq + 1)], { cycles: [cycleRow({ quantity: seq + 1 })] }),
  );
  writeSync(1, `${seq + 1}\n`);
}
