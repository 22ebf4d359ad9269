/** `npm start`: makes a fresh clone ready, then hands over to the stack. */
import { prepared } from './prepare/begin.mjs';

await prepared(['packages', 'databaseClient', 'consoleBuild'], 'server/stack/main.ts');
