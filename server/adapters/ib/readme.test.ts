/** The list of dangers is true: each names a test, and that test exists under its title. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const HERE = import.meta.dirname;
const SERVER = path.resolve(HERE, '../..');

const rows = readFileSync(path.join(HERE, 'README.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| danger |'))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));

describe('the list of dangers', () => {
  it('has them all', () => {
    expect(rows.length).toBeGreaterThanOrEqual(28);
  });

  it.each(rows.map((row) => [row[0], row[3]]))('"%s" names a test that exists', (_danger, named = '') => {
    const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(named) ?? [];
    expect(readFileSync(path.join(HERE, file), 'utf8')).toContain(`it('${title}'`);
  });

  it.each(rows.map((row) => [row[0], row[2]]))('"%s" names files that exist', (_danger, where = '') => {
    const files = [...where.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
    const missing = files.filter((file) => ![HERE, SERVER].some((room) => existsSync(path.join(room, file))));
    expect(missing).toEqual([]);
  });
});
