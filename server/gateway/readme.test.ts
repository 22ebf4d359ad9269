/** The page is true: every row names a test that exists under its title, and every behaviour that can be set is listed with what it may be. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { HABIT_NAMES, readHabits } from './habits';

const HERE = import.meta.dirname;
const SERVER = path.resolve(HERE, '..');

const rows = readFileSync(path.join(HERE, 'README.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));

const tested = rows.filter(([, test = '']) => /^`[^`]+\.test\.ts`: /.test(test));
const settable = rows.filter(([name = '', , , known]) => /^`\w+`$/.test(name) && known !== undefined);

describe('the matrix of tests', () => {
  it('is whole', () => {
    expect(tested.length).toBeGreaterThanOrEqual(50);
  });

  it.each(tested.map(([what, test]) => [what, test]))(
    '"%s" names a test that exists',
    (_what, named = '') => {
      const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(named) ?? [];
      const text = readFileSync(path.join(SERVER, file), 'utf8').replaceAll('’', "'");
      expect(text.includes(`'${title.replaceAll('’', "'")}'`)).toBe(true);
    },
  );
});

describe('the list of behaviours', () => {
  it('has all that can be set, and no other', () => {
    expect(settable.map(([name = '']) => name.replaceAll('`', '')).sort()).toEqual([...HABIT_NAMES].sort());
  });

  const named = settable.filter(([, may = '']) => may.includes('`'));

  it.each(named.map(([name = '', may = '']) => [name.replaceAll('`', ''), may]))(
    'says of %s what it may be',
    (name, may) => {
      const words = [...may.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);
      for (const word of words) expect(readHabits([`${name}=${word}`]).ok).toBe(true);
    },
  );
});
