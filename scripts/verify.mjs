/** `npm run verify`: every check that needs nothing running. */
import { prepared } from './prepare/begin.mjs';

await prepared(['packages', 'databaseClient'], 'scripts/verify/main.ts');
