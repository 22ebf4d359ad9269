import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShelf, type Shelf } from './shelf';

let home: string;
let shelf: Shelf;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'interlock-shelf-'));
  shelf = openShelf(home, () => 1_765_552_380_000);
});
afterEach(() => rm(home, { recursive: true, force: true }));

const text = (words: string | Buffer) => Readable.from([Buffer.from(words)]);
const TAPE = 'timestamp,open,high,low,close,volume\n2025-12-12T14:53:00Z,1,1,1,1,1\n';

describe('an incident on the shelf', () => {
  it('keeps what is brought in, and knows each file by its first bytes', async () => {
    const { id } = await shelf.create('12 December');
    await shelf.put(id, 'bot.log', text('2025-12-12 08:53:08 CST | INFO | orderId=14812\n'));
    await shelf.put(id, 'bars.csv.gz', text(gzipSync(TAPE)));
    await shelf.put(id, 'orders.db', text('SQLite format 3\0…'));
    expect(await shelf.get(id)).toEqual({
      id,
      title: '12 December',
      createdMs: 1_765_552_380_000,
      files: [
        { name: 'bot.log', bytes: 47, kind: 'log' },
        { name: 'bars.csv.gz', bytes: gzipSync(TAPE).length, kind: 'tape' },
        { name: 'orders.db', bytes: 19, kind: 'orders-db' },
      ],
      limits: [],
      phase: { name: 'filling' },
    });
    expect(await openShelf(home).list()).toHaveLength(1);
  });

  it('keeps all files that come in at once', async () => {
    const { id } = await shelf.create('rotated');
    await Promise.all(['a.log', 'b.log', 'c.log'].map((name) => shelf.put(id, name, text(name))));
    expect((await shelf.get(id)).files.map(({ name }) => name).sort()).toEqual(['a.log', 'b.log', 'c.log']);
  });

  it('replaces a file of the same name', async () => {
    const { id } = await shelf.create('again');
    await shelf.put(id, 'bot.log', text('first'));
    await shelf.put(id, 'bot.log', text('second'));
    expect((await shelf.get(id)).files).toEqual([{ name: 'bot.log', bytes: 6, kind: 'log' }]);
  });

  it.each([
    ['../card.json', 'A file needs a plain name, without folders.'],
    ['.hidden', 'A file needs a plain name, without folders.'],
  ])('refuses the name %s', async (name, why) => {
    const { id } = await shelf.create('x');
    await expect(shelf.put(id, name, text('x'))).rejects.toThrow(why);
  });

  it('keeps nothing of a file that it refuses', async () => {
    const { id } = await shelf.create('x');
    await expect(shelf.put(id, 'empty.log', text(''))).rejects.toThrow('empty.log is empty.');
    await expect(shelf.put(id, 'logs.zip', text('PK\x03\x04…'))).rejects.toThrow(
      'is a zip archive: unpack it',
    );
    expect(await readdir(path.join(home, 'incidents', id, 'files'))).toEqual([]);
    expect((await shelf.get(id)).files).toEqual([]);
  });

  it('takes no more files once it is being read', async () => {
    const { id } = await shelf.create('x');
    await shelf.turn(id, { name: 'reading', readBytes: 0, totalBytes: 10 });
    await expect(shelf.put(id, 'bot.log', text('x'))).rejects.toThrow('closed for files');
  });

  it('is gone when it is deleted, with all that was read out of it', async () => {
    const { id } = await shelf.create('x');
    await shelf.put(id, 'bot.log', text('x'));
    await shelf.remove(id);
    await expect(shelf.get(id)).rejects.toThrow('it may have been deleted');
    expect(await readdir(path.join(home, 'incidents'))).toEqual([]);
  });

  it('is asked for by its id only: no other folder can be named', async () => {
    await expect(shelf.get('../../etc')).rejects.toThrow('There is no incident');
    await expect(shelf.remove('..')).rejects.toThrow('There is no incident');
  });

  it('finds no room on a shelf that is full', async () => {
    for (let n = 0; n < 20; n += 1) await shelf.create(`incident ${n}`);
    await expect(shelf.create('one more')).rejects.toThrow('There are 20 incidents already');
  });
});
