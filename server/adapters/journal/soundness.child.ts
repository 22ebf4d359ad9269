/** Checks one database through a connection that can only read, and tells its parent what is wrong with it. */
import os from 'node:os';
import { openDatabase } from './database';
import { explain } from './errors';
import { requireSound } from './soundness';

const [databaseUrl = ''] = process.argv.slice(2);
process.on('disconnect', () => process.exit(0));
// the worker's own work comes first
os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);

async function troubleOf(): Promise<string | null> {
  try {
    const database = await openDatabase(databaseUrl, 'reads');
    await requireSound(database);
    return null;
  } catch (error) {
    return explain(error, databaseUrl).message;
  }
}

const trouble = await troubleOf();
process.send?.({ trouble }, () => process.exit(0));
