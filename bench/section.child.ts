/** Runs one section, prints its tables, and ends with everything that it started. */
import { print } from './section';
import { SECTIONS } from './sections';

const [name = '', share = '1'] = process.argv.slice(2);
const section = SECTIONS[name];
if (!section) throw new Error(`There is no section ${name}.`);
process.on('disconnect', () => process.exit(1));
for (const table of await section.run(Number(share))) print(table);
process.exit(0);
