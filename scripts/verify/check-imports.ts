/** The import check as a program of its own, so that it runs beside the others. */
import { cruiseImports, troublesOf } from './imports';

const troubles = troublesOf(await cruiseImports(process.cwd()));
if (troubles.length > 0) {
  console.error(troubles.join('\n'));
  process.exitCode = 1;
}
