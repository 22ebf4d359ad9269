/** `npm test`: makes a fresh clone ready, then runs every test. `--unit` and `--e2e` run a part. */
import { prepared } from './prepare/begin.mjs';

await prepared(['packages', 'databaseClient', 'consoleBuild'], 'scripts/test/main.ts');
